using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using LocalFunctions.Invocation;
using Microsoft.AspNetCore.Http;

namespace LocalFunctions.Http;

/// <summary>Turns a piece of the address into the type that a function asks for; an address that does not fit is answered 400.</summary>
internal static class RouteValue
{
    public static ParameterSource Source(ParameterInfo parameter, MethodInfo method)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string)))
            throw FunctionDiscovery.Fault(method, $"its parameter '{parameter.Name}' cannot be made from a piece of an address: {type.Name} has no type converter from text.");
        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : AbsentValue(parameter.ParameterType);
        return context => context.BindingContext.BindingData.GetValueOrDefault(parameter.Name!) is string text ? Convert(text, type, converter) : absent;
    }

    private static object? AbsentValue(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static object? Convert(string text, Type type, TypeConverter converter)
    {
        if (type == typeof(string))
            return text;
        try
        {
            return converter.ConvertFrom(context: null, CultureInfo.InvariantCulture, text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            throw new BadHttpRequestException($"A piece of the address is not of the type {type.Name}.", StatusCodes.Status400BadRequest);
        }
    }
}
