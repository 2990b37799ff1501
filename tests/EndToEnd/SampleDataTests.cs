using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>Every record that the sample systems say a person should get is in the bundle, and nobody else's is.</summary>
public sealed class SampleDataTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Given_a_sample_person_Then_the_bundle_holds_their_records_and_nobody_elses(int index)
    {
        var expectedFile = Path.Combine(fixture.App.DataFolder, "systems", "expected.json");
        var person = await SamplePerson.ReadAsync(
            expectedFile, await SamplePerson.AddressAsync(expectedFile, index, Cancellation), Cancellation);
        var file = Path.Combine(fixture.App.DataFolder, $"person-{index}.zip");
        await fixture.Journey(person.Address).DownloadBundleAsync(fixture.App.Http, file, Cancellation);
        Assert.Equal(person.Tables.Sum(table => table.Value.Keys.Count), await BundleCheck.RunAsync(file, person, Cancellation));
    }
}
