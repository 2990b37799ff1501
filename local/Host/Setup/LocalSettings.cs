using LocalHost.Durable;
using LocalMachine;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Setup;

/// <summary>
/// The app's settings on one machine, later ones winning: <c>host.json</c> (below <c>AzureFunctionsJobHost</c>, as on Azure),
/// <c>functions/local.settings.json</c> or else <c>local.settings.sample.json</c>, environment variables, the command line.
/// </summary>
internal static class LocalSettings
{
    public const string Storage = "AzureWebJobsStorage";

    private const string Emulator = "UseDevelopmentStorage=true";
    private const string Durable = "AzureFunctionsJobHost:extensions:durableTask:";
    private static readonly string[] Storages = [Storage, "CaseStorage", "BundleStorage"];

    /// <param name="appFolder">Where the app's <c>host.json</c> is.</param>
    /// <exception cref="LocalSetupException">A file is not valid JSON; the message names it.</exception>
    public static void Load(IConfigurationManager settings, HostPlan plan, string appFolder)
    {
        var root = RepositoryRoot();
        settings.AddInMemoryCollection(Read(Path.Combine(appFolder, "host.json"), "").Select(pair =>
            KeyValuePair.Create("AzureFunctionsJobHost:" + pair.Key, pair.Value)));
        settings.AddInMemoryCollection(Values(root, plan.IsEmbedded));
        settings.AddInMemoryCollection([new("data", Path.Combine(root, ".local")), new("port", "7071")]);
        if (!plan.IsEmbedded)
            settings.AddEnvironmentVariables();
        if (plan.HasOwnData)
            settings.AddInMemoryCollection(OwnData());
        settings.AddCommandLine([.. plan.Arguments]);
    }

    /// <summary>Every storage that has no address of its own is this one.</summary>
    public static void UseStorage(IConfiguration settings, string connectionString)
    {
        foreach (var name in Storages.Where(name => string.IsNullOrEmpty(settings[name])))
            settings[name] = connectionString;
    }

    /// <summary>The address in letters follows <c>--port</c>, unless the environment or the command line names another.</summary>
    public static void UseAddress(IConfiguration settings, HostPlan plan, Uri address)
    {
        var chosen = new ConfigurationBuilder();
        if (!plan.IsEmbedded)
            chosen.AddEnvironmentVariables();
        if (chosen.AddCommandLine([.. plan.Arguments]).Build()["Site:BaseUrl"] is null)
            settings["Site:BaseUrl"] = address.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The task hub's name in letters and digits, as names of tables have them.</summary>
    public static string Hub(IConfiguration settings) =>
        string.Concat((settings[Durable + "hubName"] ?? "TestHubName").Where(char.IsAsciiLetterOrDigit));

    /// <summary>How much at once; where <c>host.json</c> does not say, what the Functions host takes: ten a core.</summary>
    public static HostLimits Limits(IConfiguration settings) => new(
        settings.GetValue(Durable + "maxConcurrentOrchestratorFunctions", 10 * Environment.ProcessorCount),
        settings.GetValue(Durable + "maxConcurrentActivityFunctions", 10 * Environment.ProcessorCount));

    /// <summary>How long a function may run; 30 minutes where <c>host.json</c> does not say.</summary>
    public static TimeSpan FunctionTimeout(IConfiguration settings) =>
        settings.GetValue("AzureFunctionsJobHost:functionTimeout", TimeSpan.FromMinutes(30));

    private static IEnumerable<KeyValuePair<string, string?>> OwnData() =>
    [
        new("data", Path.Combine(Path.GetTempPath(), "privacyflows-" + Path.GetRandomFileName())),
        new("port", "0"),
        new("mailbox-port", "0"),
        .. Storages.Select(name => KeyValuePair.Create(name, (string?)"")),
    ];

    private static IEnumerable<KeyValuePair<string, string?>> Values(string root, bool sampleOnly)
    {
        var own = sampleOnly ? [] : Read(Path.Combine(root, "functions", "local.settings.json"), "Values");
        // The emulator's usual address stands for an emulator: this host starts one, at whatever address is free.
        return (own.Count > 0 ? own : Read(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json"), "Values"))
            .Select(pair =>
                KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value == Emulator ? "" : pair.Value));
    }

    private static List<KeyValuePair<string, string?>> Read(string file, string section)
    {
        if (!File.Exists(file))
            return [];
        try
        {
            var content = new ConfigurationBuilder().AddJsonFile(file).Build();
            IConfiguration part = section.Length > 0 ? content.GetSection(section) : content;
            return [.. part.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null)];
        }
        catch (InvalidDataException fault)
        {
            throw new LocalSetupException($"{file} cannot be read: {fault.InnerException?.Message ?? fault.Message}");
        }
    }

    private static string RepositoryRoot()
    {
        var here = Directory.GetCurrentDirectory();
        for (var folder = new DirectoryInfo(here); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.sln").Any())
                return folder.FullName;
        }
        return here;
    }
}
