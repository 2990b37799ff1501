namespace LocalFunctions;

/// <summary>What is known about a function before it runs.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The name in its <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }

    public abstract string Id { get; }

    /// <summary>Full name of the class, a dot, and the method.</summary>
    public abstract string EntryPoint { get; }

    public abstract string PathToAssembly { get; }
}
