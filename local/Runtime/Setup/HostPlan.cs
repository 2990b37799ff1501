using System.Globalization;
using System.Reflection;
using LocalFunctions.Hosting;
using Microsoft.Extensions.Configuration;

namespace LocalFunctions.Setup;

/// <summary>What the command line asks for: <c>[command] [--option value]...</c></summary>
internal sealed class HostPlan
{
    private HostPlan(string[] args)
    {
        CommandName = args is [['-', ..], ..] or [] ? null : args[0];
        Arguments = CommandName is null ? args : args[1..];
    }

    public string? CommandName { get; }

    public string[] Arguments { get; }

    public LocalCommandAttribute? Command { get; set; }

    /// <summary>Part of another program, a test as a rule: prints nothing, throws what goes wrong, keeps nothing afterwards, reads no settings of this machine or its user.</summary>
    public bool Embedded => IsEmbedded(Arguments);

    /// <summary>Where the clock stands; null: it runs.</summary>
    public DateTimeOffset? StandingAt { get; private set; }

    /// <summary>The classes to look for functions in.</summary>
    public IReadOnlyList<Type> FunctionTypes { get; set; } = [];

    /// <summary>The local services to start.</summary>
    public IReadOnlyList<Type> ServiceTypes { get; set; } = [];

    /// <summary>Uses a storage and a folder of its own, gone afterwards.</summary>
    public bool OwnData => Embedded || Command is { OwnData: true };

    /// <summary>The command line says it, so no default comes into it.</summary>
    public bool Sets(string option) => Options()[option] is not null;

    public static bool IsEmbedded(string[] args) => args.Contains("--LocalFunctions:Embedded=true");

    /// <exception cref="LocalSetupException">The command line is not understood; the message is the usage.</exception>
    public static HostPlan Read(string[] args)
    {
        var plan = new HostPlan(args);
        plan.Complete();
        return plan;
    }

    private void Complete()
    {
        if (CommandName is "help" || Arguments.Contains("--help") || Arguments.Contains("-h"))
            throw new LocalSetupException(Usage()) { ExitCode = 0 };
        var options = Options().GetSection("LocalFunctions");
        StandingAt = options["Clock"] is { Length: > 0 } clock ? DateTimeOffset.Parse(clock, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
        if (CommandName is not null)
            Command = Commands().FirstOrDefault(command => command.Name == CommandName) ?? throw new LocalSetupException($"There is no command '{CommandName}'.{Environment.NewLine}{Usage()}");
        FunctionTypes = App(options["Assembly"]).GetTypes();
        ServiceTypes = options.GetValue("Services", true) ? [.. LocalAssemblies.Attributes<LocalServiceAttribute>().Select(service => service.Type)] : [];
    }

    private IConfigurationRoot Options()
    {
        try
        {
            return new ConfigurationBuilder().AddCommandLine(Arguments).Build();
        }
        catch (FormatException fault)
        {
            throw new LocalSetupException($"{fault.Message}{Environment.NewLine}{Usage()}");
        }
    }

    private static Assembly App(string? name) =>
        name is not null ? Assembly.Load(name) : Assembly.GetEntryAssembly() ?? throw new LocalSetupException("There is no entry assembly to look for functions in.");

    private static IEnumerable<LocalCommandAttribute> Commands() => LocalAssemblies.Attributes<LocalCommandAttribute>();

    private static string Usage()
    {
        var commands = string.Concat(Commands().Select(command => $"{Environment.NewLine}  {command.Name,-22}{command.Description}"));
        return $"""
            Usage: dotnet run --project functions [-- [command] [options]]

            Without a command, everything starts and runs until Ctrl+C.{commands}

              --port 7071           where the app answers; 0 is any free port
              --mailbox-port 7072   where the mailbox answers
              --data .local         the folder to keep everything in
            """;
    }
}
