using System.Security.Cryptography;
using Azure.Storage.Blobs;
using LocalMachine;
using LocalSystems;
using Microsoft.Extensions.Configuration;

namespace Spectrum.PrivacyFlows.Tests.LocalSystems;

public sealed class SampleSystemsTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "systems-" + Guid.NewGuid().ToString("N"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Given_the_same_seed_When_made_twice_Then_every_byte_is_the_same()
    {
        var (first, second) = (Options(), Options());
        Assert.Equal(await FingerprintAsync(first, "one"), await FingerprintAsync(second, "two"));
    }

    [Fact]
    public async Task Given_another_seed_When_made_Then_the_data_differs()
    {
        Assert.NotEqual(await FingerprintAsync(Options(), "one"), await FingerprintAsync(Options() with { Seed = 8 }, "two"));
    }

    [Fact]
    public async Task Given_many_jobs_for_the_first_person_When_made_Then_they_have_just_as_many()
    {
        var set = await SampleSystems.MakeAsync(Options() with { JobsForFirst = 20_011 }, folder, azurite.ConnectionString, Cancellation);
        var people = await ExpectedPerson.ReadAsync(set.ExpectedFile);
        Assert.Equal(20_011, people[0].Keys("print-jobs", "jobs").Count);
        Assert.InRange(people[1].Keys("print-jobs", "jobs").Count, 1, 100);
    }

    [Fact]
    public async Task Every_address_leads_to_one_person_only()
    {
        var set = await SampleSystems.MakeAsync(Options() with { People = 300 }, folder, azurite.ConnectionString, Cancellation);
        var addresses = (await ExpectedPerson.ReadAsync(set.ExpectedFile)).SelectMany(person => person.Addresses).ToList();
        Assert.Equal(addresses.Count, addresses.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(addresses, address => Assert.Matches(@"@([a-z]+\.)*(example(\.(com|org|net))?|test)$", address));
    }

    [Fact]
    public async Task Given_a_whole_set_When_asked_for_again_Then_it_is_left_alone()
    {
        var options = Options();
        var set = await SampleSystems.EnsureAsync(options, folder, azurite.ConnectionString, Cancellation);
        var made = File.GetLastWriteTimeUtc(set.CrmFile);
        await SampleSystems.EnsureAsync(options with { Until = options.Until.AddDays(90) }, folder, azurite.ConnectionString, Cancellation);
        Assert.Equal(made, File.GetLastWriteTimeUtc(set.CrmFile));
    }

    [Theory]
    [InlineData("made.json")]
    [InlineData("crm.db")]
    [InlineData("expected.json")]
    public async Task Given_an_interrupted_set_When_asked_for_Then_it_is_made_again(string missing)
    {
        var options = Options();
        var set = await SampleSystems.EnsureAsync(options, folder, azurite.ConnectionString, Cancellation);
        var whole = await File.ReadAllBytesAsync(set.ExpectedFile, Cancellation);
        File.Delete(Path.Combine(folder, missing));
        await SampleSystems.EnsureAsync(options, folder, azurite.ConnectionString, Cancellation);
        Assert.True(File.Exists(set.CrmFile));
        Assert.Equal(whole, await File.ReadAllBytesAsync(set.ExpectedFile, Cancellation));
    }

    [Fact]
    public async Task Given_a_lost_blob_When_asked_for_Then_the_set_is_made_again()
    {
        var options = Options();
        await SampleSystems.EnsureAsync(options, folder, azurite.ConnectionString, Cancellation);
        var container = new BlobContainerClient(azurite.ConnectionString, options.VisitsContainer);
        await container.DeleteBlobAsync(
            await container.GetBlobsAsync(cancellationToken: Cancellation).Select(blob => blob.Name).FirstAsync(Cancellation),
            cancellationToken: Cancellation);
        await SampleSystems.EnsureAsync(options, folder, azurite.ConnectionString, Cancellation);
        Assert.Equal(SystemsOptions.Days, await container.GetBlobsAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Given_a_container_that_is_not_ours_When_made_Then_it_is_not_touched()
    {
        var options = Options();
        var container = new BlobContainerClient(azurite.ConnectionString, options.JobsContainer);
        await container.CreateAsync(cancellationToken: Cancellation);
        await container.UploadBlobAsync("real.log", BinaryData.FromString("real"), Cancellation);
        await Assert.ThrowsAsync<LocalSetupException>(() =>
            SampleSystems.MakeAsync(options, folder, azurite.ConnectionString, Cancellation));
        Assert.True(await container.GetBlobClient("real.log").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Given_nothing_When_the_service_starts_Then_the_app_is_told_where_the_systems_are()
    {
        var configuration = new ConfigurationManager();
        configuration["people"] = "3";
        configuration[SystemsService.WebAccessSetting] = "kept";
        var said = new List<string>();
        await using var service = new SystemsService();
        await service.StartAsync(
            new Surroundings(folder, azurite.ConnectionString, TimeProvider.System, configuration, said.Add), Cancellation);
        Assert.Contains("crm.db", configuration[SystemsService.CrmSetting], StringComparison.Ordinal);
        Assert.Equal(azurite.ConnectionString, configuration[SystemsService.PrintJobsSetting]);
        Assert.Equal("kept", configuration[SystemsService.WebAccessSetting]);
        Assert.Single(said);
        Assert.Equal(3, (await ExpectedPerson.ReadAsync(Path.Combine(folder, "systems", "expected.json"))).Count);
    }

    [Fact]
    public async Task Given_real_systems_When_the_service_starts_Then_nothing_is_made()
    {
        var configuration = new ConfigurationManager();
        foreach (var setting in new[] { SystemsService.CrmSetting, SystemsService.PrintJobsSetting, SystemsService.WebAccessSetting })
            configuration[setting] = "real";
        await using var service = new SystemsService();
        await service.StartAsync(
            new Surroundings(folder, azurite.ConnectionString, TimeProvider.System, configuration, _ => { }), Cancellation);
        Assert.False(Directory.Exists(folder));
    }

    private static SystemsOptions Options()
    {
        var run = Guid.NewGuid().ToString("N");
        return new SystemsOptions
        {
            Seed = 7,
            People = 10,
            JobsForFirst = 40,
            Visits = 200,
            Until = new DateOnly(2026, 11, 23),
            JobsContainer = "jobs-" + run,
            VisitsContainer = "visits-" + run,
        };
    }

    private async Task<string> FingerprintAsync(SystemsOptions options, string name)
    {
        var set = await SampleSystems.MakeAsync(options, Path.Combine(folder, name), azurite.ConnectionString, Cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in new[] { set.CrmFile, set.ExpectedFile })
            hash.AppendData(await File.ReadAllBytesAsync(file, Cancellation));
        foreach (var container in new[] { options.JobsContainer, options.VisitsContainer }.Select(name =>
            new BlobContainerClient(azurite.ConnectionString, name)))
        {
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
                hash.AppendData((await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
