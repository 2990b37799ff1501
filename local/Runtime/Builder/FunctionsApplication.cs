namespace LocalFunctions.Builder;

/// <summary>Where an app begins.</summary>
public class FunctionsApplication
{
    /// <param name="args">The command line: options such as <c>--port 7071</c>, after the name of a command if one is to run.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
