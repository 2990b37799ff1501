using LocalFunctions.DurableTask;

namespace LocalFunctions.Invocation;

/// <summary>Reads an activity's input as the type that its parameter has.</summary>
internal static class ActivityInput
{
    public static object? Read(string? json, Type type) =>
        DataConverter.Default.Deserialize(json, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);
}
