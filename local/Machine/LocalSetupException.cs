namespace LocalMachine;

/// <summary>This machine lacks something that the local run needs. The message says what, and what to do.</summary>
public sealed class LocalSetupException(string message) : Exception(message)
{
    /// <summary>What the process ends with because of it.</summary>
    public int ExitCode { get; init; } = 1;
}
