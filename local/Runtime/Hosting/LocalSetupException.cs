namespace LocalFunctions.Hosting;

/// <summary>This machine lacks something that the local run needs. The message says what, and what to do.</summary>
public sealed class LocalSetupException(string message) : Exception(message)
{
    /// <summary>What the process ends with because of it.</summary>
    internal int ExitCode { get; init; } = 1;

    /// <summary>Says it on the terminal, without a stack trace, and ends the process.</summary>
    internal void EndProcess()
    {
        (ExitCode == 0 ? Console.Out : Console.Error).WriteLine(Message);
        Environment.Exit(ExitCode);
    }
}
