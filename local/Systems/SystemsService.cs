using System.Globalization;
using LocalMachine;
using LocalSystems;
using Microsoft.Extensions.Configuration;

namespace LocalSystems;

/// <summary>
/// Gives the local run something to find: a small set of sample systems, made on first start below <c>systems/</c> in the data folder.
/// Where all the settings that it would give are there already, it does nothing. <c>--people</c>, <c>--seed</c>, <c>--jobs-for-first</c>
/// and <c>--visits</c> change the set.
/// </summary>
public sealed class SystemsService : ILocalService
{
    public const string CrmSetting = "Systems:Crm";
    public const string PrintJobsSetting = "Systems:PrintJobs";
    public const string WebAccessSetting = "Systems:WebAccess";

    public async Task StartAsync(Surroundings machine, CancellationToken cancellation)
    {
        string[] settings = [CrmSetting, PrintJobsSetting, WebAccessSetting];
        if (settings.All(setting => !string.IsNullOrEmpty(machine.Configuration[setting])))
            return;
        var options = Read(machine.Configuration, DateOnly.FromDateTime(machine.Clock.GetUtcNow().UtcDateTime));
        var set = await SampleSystems.EnsureAsync(options, Path.Combine(machine.DataFolder, "systems"), machine.Storage, cancellation);
        SetUnlessThere(machine.Configuration, CrmSetting, $"Data Source={set.CrmFile};Mode=ReadOnly");
        SetUnlessThere(machine.Configuration, PrintJobsSetting, machine.Storage);
        SetUnlessThere(machine.Configuration, WebAccessSetting, machine.Storage);
        machine.Announce($"Sample systems: {options.People} people; whose each record is says {set.ExpectedFile}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <exception cref="LocalSetupException">An option is no number.</exception>
    internal static SystemsOptions Read(IConfiguration configuration, DateOnly until)
    {
        var usual = new SystemsOptions { Until = until };
        int Number(string name, int otherwise) => configuration[name] is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new LocalSetupException($"--{name} must be a whole number.");
        return usual with
        {
            People = Number("people", usual.People),
            Seed = Number("seed", usual.Seed),
            JobsForFirst = Number("jobs-for-first", usual.JobsForFirst),
            Visits = Number("visits", usual.Visits),
        };
    }

    private static void SetUnlessThere(IConfigurationManager configuration, string setting, string value)
    {
        if (string.IsNullOrEmpty(configuration[setting]))
            configuration[setting] = value;
    }
}
