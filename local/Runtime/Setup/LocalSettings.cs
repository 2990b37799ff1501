using LocalFunctions.Hosting;
using Microsoft.Extensions.Configuration;

namespace LocalFunctions.Setup;

/// <summary>
/// The app's settings on one machine, later ones winning: <c>host.json</c> (below <c>AzureFunctionsJobHost</c>, as on Azure),
/// <c>local.settings.json</c> or else <c>local.settings.sample.json</c>, environment variables, the command line.
/// </summary>
internal static class LocalSettings
{
    public const string Storage = "AzureWebJobsStorage";

    private static readonly string[] Storages = [Storage, "CaseStorage", "BundleStorage"];

    /// <exception cref="LocalSetupException">A file is not valid JSON; the message names it.</exception>
    public static void Load(IConfigurationManager settings, HostPlan plan)
    {
        var root = RepositoryRoot();
        settings.AddInMemoryCollection(Read(root, "host.json", "").Select(pair => KeyValuePair.Create("AzureFunctionsJobHost:" + pair.Key, pair.Value)));
        settings.AddInMemoryCollection(Values(root, plan.Embedded));
        settings.AddInMemoryCollection([new("data", Path.Combine(root, ".local")), new("port", "7071")]);
        if (!plan.Embedded)
            settings.AddEnvironmentVariables();
        if (plan.OwnData)
            settings.AddInMemoryCollection(OwnData());
        settings.AddCommandLine(plan.Arguments);
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
        if (!plan.Embedded)
            chosen.AddEnvironmentVariables();
        if (chosen.AddCommandLine(plan.Arguments).Build()["Site:BaseUrl"] is null)
            settings["Site:BaseUrl"] = address.GetLeftPart(UriPartial.Authority);
    }

    private static IEnumerable<KeyValuePair<string, string?>> OwnData() =>
    [
        new("data", Path.Combine(Path.GetTempPath(), "local-functions-" + Path.GetRandomFileName())),
        new("port", "0"),
        new("mailbox-port", "0"),
        .. Storages.Select(name => KeyValuePair.Create(name, (string?)"")),
    ];

    private static IEnumerable<KeyValuePair<string, string?>> Values(string root, bool sampleOnly)
    {
        var own = sampleOnly ? [] : Read(root, "local.settings.json", "Values");
        return (own.Count > 0 ? own : Read(root, "local.settings.sample.json", "Values"))
            .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value));
    }

    private static List<KeyValuePair<string, string?>> Read(string root, string name, string section)
    {
        var file = new[] { root, AppContext.BaseDirectory }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (file is null)
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
            if (File.Exists(Path.Combine(folder.FullName, "host.json")) || folder.EnumerateFiles("*.sln").Any())
                return folder.FullName;
        }
        return here;
    }
}
