using System.Reflection;
using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctions.Invocation;

/// <summary>Decides, once and before anything runs, where each parameter of a function comes from.</summary>
internal static class ParameterBinding
{
    public static IReadOnlyList<ParameterSource> Bind(MethodInfo method, TriggerBindingAttribute trigger) =>
        [.. method.GetParameters().Select(parameter => Source(parameter, method, trigger))];

    private static ParameterSource Source(ParameterInfo parameter, MethodInfo method, TriggerBindingAttribute trigger)
    {
        if (parameter.IsDefined(typeof(TriggerBindingAttribute)))
            return FromTrigger(parameter, method, trigger);
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
            return FromDurableClient(parameter, method);
        if (parameter.ParameterType == typeof(FunctionContext))
            return context => context;
        if (parameter.ParameterType == typeof(CancellationToken) && trigger is not OrchestrationTriggerAttribute)
            return context => context.CancellationToken;
        return trigger switch
        {
            HttpTriggerAttribute http when HttpRoute.Parse(method, http).GetParameter(parameter.Name!) is not null => RouteValue.Source(parameter, method),
            OrchestrationTriggerAttribute => OrchestrationInput.Source(parameter.ParameterType),
            ActivityTriggerAttribute when parameter.Name == "instanceId" && parameter.ParameterType == typeof(string) => context => context.BindingContext.BindingData["instanceId"],
            _ => throw FunctionDiscovery.Fault(method, $"nothing gives its parameter '{parameter.Name}' ({parameter.ParameterType.Name}) a value."),
        };
    }

    private static ParameterSource FromTrigger(ParameterInfo parameter, MethodInfo method, TriggerBindingAttribute trigger)
    {
        var expected = trigger switch
        {
            HttpTriggerAttribute => typeof(HttpRequest),
            TimerTriggerAttribute => typeof(TimerInfo),
            OrchestrationTriggerAttribute => typeof(TaskOrchestrationContext),
            ActivityTriggerAttribute => parameter.ParameterType,
            _ => throw FunctionDiscovery.Fault(method, $"the trigger {trigger.GetType().Name} is unknown here."),
        };
        if (parameter.ParameterType != expected)
            throw FunctionDiscovery.Fault(method, $"its trigger parameter '{parameter.Name}' is a {parameter.ParameterType.Name} and must be a {expected.Name}.");
        if (trigger is ActivityTriggerAttribute)
            return context => ActivityInput.Read((string?)context.TriggerValue, expected);
        return context => context.TriggerValue;
    }

    private static ParameterSource FromDurableClient(ParameterInfo parameter, MethodInfo method) =>
        parameter.ParameterType == typeof(DurableTaskClient)
            ? context => context.InstanceServices.GetRequiredService<DurableFunctions>().Client
            : throw FunctionDiscovery.Fault(method, $"its parameter '{parameter.Name}' is marked [DurableClient] and must be a DurableTaskClient.");
}
