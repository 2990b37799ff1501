using System.Diagnostics;
using System.Globalization;
using LocalMachine;
using LocalSystems;
using Microsoft.Extensions.Configuration;

const string Usage =
    "dotnet run --project local/Systems -- --data FOLDER --storage CONNECTION [--seed 1] [--people 12] [--jobs-for-first " +
    "120] [--visits 900] " +
    "[--until yyyy-MM-dd] [--jobs-container print-jobs] [--visits-container web-access]";

var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
if (configuration["data"] is not { } folder || configuration["storage"] is not { } storage)
{
    Console.Error.WriteLine(Usage);
    return 2;
}
try
{
    var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    var until = configuration["until"] is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : today;
    var options = SystemsService.Read(configuration, until);
    options = options with
    {
        JobsContainer = configuration["jobs-container"] ?? options.JobsContainer,
        VisitsContainer = configuration["visits-container"] ?? options.VisitsContainer,
    };
    var watch = Stopwatch.StartNew();
    var set = await SampleSystems.MakeAsync(options, folder, storage);
    Console.WriteLine(
        $"Made {options.People} people and their data in {watch.Elapsed.TotalSeconds:F1} s. Whose each record is says {set.ExpectedFile}");
    return 0;
}
catch (Exception wrong) when (wrong is LocalSetupException or FormatException or ArgumentException)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(Usage);
    return 2;
}
