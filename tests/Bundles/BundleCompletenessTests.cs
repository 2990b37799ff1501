using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>Counts in = counts out, or the bundle is not offered.</summary>
public sealed class BundleCompletenessTests(AzuriteFixture azurite)
{
    private const string Note = """{"id":1,"text":"secret words"}""";

    private readonly BundleCase bundle = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_that_never_completed_is_named()
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], [Note]);
        await RefusesAsync("Print service (print): it was not collected, or not to the end.");
    }

    [Fact]
    public async Task Fewer_taken_than_the_source_has_is_refused() =>
        await RefusesAsync("table notes: the source has 2 records and 1 were taken", counted => counted with { CountAtSource = 2 });

    [Fact]
    public async Task Fewer_staged_than_were_taken_is_refused() =>
        await RefusesAsync(
            "table notes: 2 records were collected and 1 are staged", counted => counted with { CountTaken = 2, CountAtSource = 2 });

    [Fact]
    public async Task Another_file_than_was_collected_is_refused() =>
        await RefusesAsync(
            "table notes: its staged file changed after it was collected", counted => counted with { Sha256 = new string('0', 64) });

    [Fact]
    public async Task A_table_that_the_data_map_no_longer_has_is_refused() =>
        await RefusesAsync("table gone: it was collected, but the data map no longer has it", counted => counted with { Table = "gone" });

    [Fact]
    public async Task Records_that_somebody_put_there_with_a_statement_that_fits_them_are_refused()
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], [Note]);
        var forged = await bundle.StageTableAsync("crm", "notes", ["""{"id":2,"text":"secret words"}"""]);
        await new Staging(bundle.Storage, new CaseSeals(new byte[] { 1, 2, 3 })).CompleteAsync(
            bundle.Id, new CollectedSystem("crm", [await bundle.StageTableAsync("crm", "customers", []), forged]), Cancellation);
        await IsRefusedAsync();
    }

    [Fact]
    public async Task What_was_collected_for_another_case_is_refused()
    {
        var other = new BundleCase(azurite);
        await other.StageAsync(ExampleSystems.Crm, [], ["""{"id":2,"text":"secret words"}"""]);
        await foreach (var blob in other.Storage.Blobs.GetBlobContainerClient(other.Id.BundleContainer).GetBlobsAsync(
            cancellationToken: Cancellation))
        {
            var (from, to) = (Blob(other, blob.Name), Blob(bundle, blob.Name));
            await bundle.Storage.Blobs.GetBlobContainerClient(bundle.Id.BundleContainer).CreateIfNotExistsAsync(
                cancellationToken: Cancellation);
            await to.UploadAsync((await from.DownloadContentAsync(Cancellation)).Value.Content, overwrite: true, Cancellation);
        }
        await IsRefusedAsync();
        static BlobClient Blob(BundleCase of, string name) =>
            of.Storage.Blobs.GetBlobContainerClient(of.Id.BundleContainer).GetBlobClient(name);
    }

    private async Task IsRefusedAsync()
    {
        var refusal = await Assert.ThrowsAsync<BundleIncompleteException>(() => bundle.BuildAsync([ExampleSystems.Crm], Right.Access));
        Assert.Contains("somebody else than this app changed what was collected", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await bundle.Store.FindAsync(bundle.Id, Cancellation));
    }

    [Theory]
    [InlineData("""{"id":1,"text":"a","extra":"secret words"}""", "staged line 1 has a field that the data map does not describe")]
    [InlineData("""{"id":1,"id":2}""", "staged line 1 names a field twice")]
    [InlineData("""{"id":1,"text":"secret words" """, "staged line 1 is not a JSON object")]
    [InlineData("""{"id":1}{"id":2}""", "staged line 1 is not a JSON object")]
    [InlineData("""["secret words"]""", "staged line 1 is not a JSON object")]
    [InlineData("", "staged line 1 is not a JSON object")]
    public async Task A_line_that_is_no_record_of_the_table_is_refused(string line, string problem) =>
        await RefusesAsync($"table notes: {problem}", counted => counted, line);

    [Fact]
    public async Task A_refusal_leaves_the_earlier_bundle_as_it_was()
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], [Note]);
        var before = await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);
        var notes = await bundle.StageTableAsync("crm", "notes", [Note, "broken"]);
        await bundle.Staging.CompleteAsync(
            bundle.Id, new CollectedSystem("crm", [await bundle.StageTableAsync("crm", "customers", []), notes]), Cancellation);

        await Assert.ThrowsAsync<BundleIncompleteException>(() => bundle.BuildAsync([ExampleSystems.Crm], Right.Access));

        Assert.Equal(before.Sha256, (await bundle.Store.FindAsync(bundle.Id, Cancellation))?.Sha256);
        Assert.Equal(before.Bytes, (await bundle.BytesAsync()).Length);
    }

    private async Task RefusesAsync(string message, Func<CollectedTable, CollectedTable>? alter = null, string line = Note)
    {
        var customers = await bundle.StageTableAsync("crm", "customers", []);
        var notes = await bundle.StageTableAsync("crm", "notes", [line]);
        await bundle.Staging.CompleteAsync(bundle.Id, new CollectedSystem("crm", [customers, alter?.Invoke(notes) ?? notes]), Cancellation);
        var systems = alter is null ? new[] { ExampleSystems.Crm, ExampleSystems.Print } : [ExampleSystems.Crm];

        var refusal = await Assert.ThrowsAsync<BundleIncompleteException>(() => bundle.BuildAsync(systems, Right.Access));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Kim Owner", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await bundle.Store.FindAsync(bundle.Id, Cancellation));
    }
}
