namespace LocalFunctions;

/// <summary>Makes a method a function; <paramref name="name"/> is unique in the app, whatever the case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
