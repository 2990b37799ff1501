using System.Globalization;
using LocalDemo;
using LocalMachine.Azurite;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>
/// Streams, not lists: 200,000 print jobs of one person pass through the process without piling up in it. Bounded as a whole, and
/// compared with another person's few records in the same process, since the program and its libraries alone come to 250 MB.
/// </summary>
public sealed class BigRequestTests
{
    private const int Jobs = 200_000;
    private const int MostMegabytes = 300;
    private const int MostMegabytesMore = 60;
    private const int FewRecordsPerson = 7;

    [Fact]
    public async Task Given_200_000_print_jobs_of_one_person_Then_all_are_in_the_bundle_and_memory_stays_below_300_MB()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var azurite = await StartStorageAsync(cancellation);
        await using var app = await StartAloneAsync(azurite, cancellation);
        var many = await SamplePerson.ReadAsync(
            Path.Combine(app.DataFolder, "systems", "expected.json"), address: null, cancellation);
        Assert.True(await AskAsync(app, many, cancellation) >= Jobs);
        if (PeakMegabytes(app.ProcessId) is not { } peak)
            Assert.Skip("The peak of a process's memory is read from /proc, which this system lacks.");
        else
        {
            TestContext.Current.SendDiagnosticMessage($"{Jobs} print jobs: {peak} MB");
            Assert.InRange(peak, 1, MostMegabytes);
        }
    }

    [Fact]
    public async Task Given_200_000_print_jobs_of_one_person_Then_all_are_in_the_bundle_and_take_at_most_60_MB_more_than_a_few_do()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var azurite = await StartStorageAsync(cancellation);
        await using var app = await StartAloneAsync(azurite, cancellation);
        var expected = Path.Combine(app.DataFolder, "systems", "expected.json");
        var few = await SamplePerson.ReadAsync(
            expected, await SamplePerson.AddressAsync(expected, FewRecordsPerson, cancellation), cancellation);
        Assert.InRange(await AskAsync(app, few, cancellation), 1, 2_000);
        var before = PeakMegabytes(app.ProcessId);
        var many = await SamplePerson.ReadAsync(expected, address: null, cancellation);
        Assert.True(await AskAsync(app, many, cancellation) >= Jobs);
        if (before is null)
            Assert.Skip("The peak of a process's memory is read from /proc, which this system lacks.");
        var more = PeakMegabytes(app.ProcessId)!.Value - before.Value;
        TestContext.Current.SendDiagnosticMessage($"a few records: {before} MB, {Jobs} more: {more} MB more");
        Assert.InRange(more, 0, MostMegabytesMore);
    }

    private static Task<AzuriteServer> StartStorageAsync(CancellationToken cancellation) => AzuriteServer.StartAsync(
        Directory.CreateTempSubdirectory("privacyflows-big-").FullName, Console.Error.WriteLine, inMemory: true, cancellation);

    /// <summary>The sample systems are made in a first life; this one shows the app alone.</summary>
    private static async Task<AppProcess> StartAloneAsync(AzuriteServer azurite, CancellationToken cancellation)
    {
        var app = new AppProcess(azurite.ConnectionString, "--jobs-for-first", Jobs.ToString(CultureInfo.InvariantCulture));
        await app.StartAsync(cancellation);
        await app.KillAsync();
        await app.StartAsync(cancellation);
        return app;
    }

    /// <returns>The records in the bundle, each compared with what the systems hold.</returns>
    private static async Task<int> AskAsync(AppProcess app, SamplePerson person, CancellationToken cancellation)
    {
        var journey = new RequestJourney(
            new MailUser(app.Graph, person.Address), new MailUser(app.Graph, AppFixture.Officer), new WebVisitor(app.Http),
            AppFixture.Mailbox)
        {
            Patience = TimeSpan.FromMinutes(5),
        };
        var file = Path.Combine(app.DataFolder, "bundle.zip");
        await journey.DownloadBundleAsync(app.Http, file, cancellation);
        return await BundleCheck.RunAsync(file, person, cancellation);
    }

    private static int? PeakMegabytes(int process)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(':', StringSplitOptions.TrimEntries)[1].Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
    }
}
