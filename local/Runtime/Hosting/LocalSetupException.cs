namespace LocalFunctions.Hosting;

/// <summary>This machine lacks something that the local run needs. The message says what, and what to do.</summary>
public sealed class LocalSetupException(string message) : Exception(message);
