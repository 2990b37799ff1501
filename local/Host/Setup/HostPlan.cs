using LocalMachine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalHost.Setup;

/// <summary>What the command line asks for: <c>[command] [--option value]...</c></summary>
internal sealed record HostPlan
{
    public const string Demo = "demo";
    public const string Mailbox = "mailbox";

    /// <summary><c>demo</c>, <c>mailbox</c>, or null: everything, until Ctrl+C.</summary>
    public string? Command { get; private init; }

    /// <summary>What else the command line says.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// Part of another program, a test as a rule: prints nothing, keeps nothing afterwards, reads no settings of this machine or its user.
    /// </summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Where the clock stands until it is moved; null: it runs.</summary>
    public DateTimeOffset? StandingAt { get; init; }

    /// <summary>The mailbox and the sample systems start as well.</summary>
    public bool HasServices { get; init; } = true;

    /// <summary>For tests: hears what host and app log.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>For tests: called before and after each of the engine's writes to storage.</summary>
    public Action? AroundWrites { get; init; }

    /// <summary>Uses a storage and a folder of its own, gone afterwards, wherever the command line does not say otherwise.</summary>
    public bool HasOwnData => IsEmbedded || Command is Demo;

    /// <summary>The data folder goes when the host does.</summary>
    public bool IsTemporary => HasOwnData && !Sets("data");

    /// <exception cref="LocalSetupException">The command line is not understood; the message is the usage.</exception>
    public static HostPlan Read(string[] args)
    {
        var command = args is [['-', ..], ..] or [] ? null : args[0];
        var plan = new HostPlan { Command = command, Arguments = command is null ? args : args[1..] };
        if (command is "help" || plan.Arguments.Contains("--help") || plan.Arguments.Contains("-h"))
            throw new LocalSetupException(Usage) { ExitCode = 0 };
        if (command is not (null or Demo or Mailbox))
            throw new LocalSetupException($"There is no command '{command}'.{Environment.NewLine}{Usage}");
        plan.Options();
        return plan;
    }

    /// <summary>The command line says it, so no default comes into it.</summary>
    public bool Sets(string option) => Options()[option] is not null;

    private IConfigurationRoot Options()
    {
        try
        {
            return new ConfigurationBuilder().AddCommandLine([.. Arguments]).Build();
        }
        catch (FormatException fault)
        {
            throw new LocalSetupException($"{fault.Message}{Environment.NewLine}{Usage}");
        }
    }

    private const string Usage = """
        Usage: dotnet run --project local/Host [-- [command] [options]]

        Without a command, everything starts and runs until Ctrl+C.
          demo                  one request on sample data, from the mail to the deleted bundle, in under a minute
          mailbox               the mailbox, Azurite and the sample systems, for an app that runs elsewhere

          --port 7071           where the app answers; 0 is any free port
          --mailbox-port 7072   where the mailbox answers
          --data .local         the folder to keep everything in
        """;
}
