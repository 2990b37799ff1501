using System.Globalization;
using LocalDemo;
using LocalMachine.Azurite;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>Streams, not lists: 200,000 print jobs of one person pass through the process without piling up in it.</summary>
public sealed class BigRequestTests
{
    private const int Jobs = 200_000;
    private const int MostMegabytes = 300;

    [Fact]
    public async Task Given_200_000_print_jobs_of_one_person_Then_all_are_in_the_bundle_and_memory_stays_below_300_MB()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-big-").FullName, Console.Error.WriteLine, inMemory: true, cancellation);
        await using var app = new AppProcess(azurite.ConnectionString, "--jobs-for-first", Jobs.ToString(CultureInfo.InvariantCulture));
        await app.StartAsync(cancellation);
        await app.KillAsync();
        // The sample systems are made in the first life; the second shows the app alone.
        await app.StartAsync(cancellation);

        var person = await SamplePerson.ReadAsync(Path.Combine(app.DataFolder, "systems", "expected.json"), address: null, cancellation);
        var journey = new RequestJourney(
            new MailUser(app.Graph, person.Address), new MailUser(app.Graph, AppFixture.Officer), new WebVisitor(app.Http),
            AppFixture.Mailbox)
        {
            Patience = TimeSpan.FromMinutes(5),
        };
        var file = Path.Combine(app.DataFolder, "bundle.zip");
        await journey.DownloadBundleAsync(app.Http, file, cancellation);

        Assert.True(await BundleCheck.RunAsync(file, person, cancellation) >= Jobs);
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The peak of a process's memory is read from /proc, which this system lacks.");
        Assert.InRange(PeakMegabytes(app.ProcessId), 1, MostMegabytes);
    }

    private static int PeakMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(':', StringSplitOptions.TrimEntries)[1].Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
    }
}
