using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// A span for each run of a function, in the trace of its case; what it asks of Graph and Storage hangs below it. An orchestrator gets
/// none: it is replayed again and again and does no work. Its story is the case's own span, which Closing writes.
/// </summary>
public sealed partial class FunctionTracing : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var kind = FunctionKinds.Of(context.FunctionDefinition.Name);
        if (kind is { Trigger: "orchestration" })
            await next(context);
        else
            await TraceAsync(context, next, kind ?? new FunctionKind("other", ""));
    }

    private static async Task TraceAsync(FunctionContext context, FunctionExecutionDelegate next, FunctionKind kind)
    {
        using var span = CaseTrace.Start(
            context.FunctionDefinition.Name, kind.Trigger is "http" ? ActivityKind.Server : ActivityKind.Internal, CaseOf(context));
        span?.SetTag("faas.trigger", kind.Trigger);
        if (kind.Route is not "")
            span?.SetTag("http.route", kind.Route);
        try
        {
            await next(context);
        }
        catch (Exception failure)
        {
            // The type alone: a message may repeat what people wrote.
            span?.SetTag("error.type", StepFailure.Of(failure).Type).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <summary>
    /// The number is the instance's id for activities and stands in the route of pages; a number that somebody
    /// made up is a number all the same.
    /// </summary>
    private static CaseId? CaseOf(FunctionContext context)
    {
        foreach (var name in new[] { "instanceId", "caseId" })
        {
            if (context.BindingContext.BindingData.TryGetValue(name, out var value)
                    && Number().Match(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "") is { Success: true } match
                    && CaseId.TryParse(match.Value, out var caseId))
                return caseId;
        }
        return null;
    }

    // The host hands some values on as JSON, in quotation marks.
    [GeneratedRegex("PR-[0-9]{4}-[0-9]{6,9}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
