namespace LocalFunctions.Hosting;

/// <summary>Something to do with the running app, named on the command line: <c>dotnet run --project functions -- demo</c>.</summary>
public interface ILocalCommand
{
    /// <summary>Runs after everything has started; then the app stops.</summary>
    /// <returns>The exit code of the process.</returns>
    Task<int> RunAsync(LocalCommandContext context, CancellationToken cancellation);
}

/// <summary>Marks an assembly as holding a command; <paramref name="type"/> is created with the app's services.</summary>
/// <param name="name">What to type.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LocalCommandAttribute(string name, Type type) : Attribute
{
    public string Name { get; } = name;

    public Type Type { get; } = type;

    /// <summary>One line for the list of commands.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// Run on data of its own, which is gone afterwards: an empty temporary folder, free ports and a storage in memory,
    /// wherever the command line does not say otherwise.
    /// </summary>
    public bool OwnData { get; init; }
}

/// <summary>The running app, as a command finds it.</summary>
/// <param name="Services">The app's services.</param>
/// <param name="Clock">Moves the time of everything on this machine.</param>
/// <param name="BaseAddress">Where the app answers, without the route prefix: <c>http://localhost:7071/</c>.</param>
/// <param name="Arguments">What the command line says after the command's name.</param>
public sealed record LocalCommandContext(IServiceProvider Services, LocalClock Clock, Uri BaseAddress, LocalMachine Machine, IReadOnlyList<string> Arguments);
