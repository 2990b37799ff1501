using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Tests.Cases;

public sealed class CaseStoreTests(AzuriteFixture azurite)
{
    private static int lastNumber = 500_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static CaseSeals Seals { get; } = new(new byte[32]);

    private CaseNumbers Numbers => new(Storage, TimeProvider.System);

    private CaseAccount Storage => new(new BlobServiceClient(azurite.ConnectionString), new TableServiceClient(azurite.ConnectionString));

    [Fact]
    public async Task GivenACase_ItComesBackAsItWas()
    {
        var store = new CaseStore(Storage, Seals);
        var made = NewCase() with { Rights = [Right.Access, Right.Portability], DueOn = new DateOnly(3999, 7, 1), Name = "Zoë \"Z\" <z>" };
        Assert.True(await store.TryCreateAsync(made, Cancellation));
        var found = await store.GetAsync(made.Id, Cancellation);
        Assert.Equal(made with { Rights = found.Rights }, found);
        Assert.Equal(made.Rights, found.Rights);
    }

    [Fact]
    public async Task GivenACaseOfThatNumber_ASecondOneIsNotMade()
    {
        var store = new CaseStore(Storage, Seals);
        var first = NewCase();
        Assert.True(await store.TryCreateAsync(first, Cancellation));
        Assert.False(await store.TryCreateAsync(first with { Subject = "another" }, Cancellation));
        Assert.Equal(first.Subject, (await store.GetAsync(first.Id, Cancellation)).Subject);
    }

    [Fact]
    public async Task GivenChangesAtOnce_NoneIsLost()
    {
        var store = new CaseStore(Storage, Seals);
        var made = NewCase();
        await store.TryCreateAsync(made, Cancellation);
        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => store.UpdateAsync(made.Id, found => found with { Round = found.Round + 1 }, Cancellation)));
        Assert.Equal(10, (await store.GetAsync(made.Id, Cancellation)).Round);
    }

    [Fact]
    public async Task GivenNoCase_ItIsSaidByItsNumber()
    {
        var store = new CaseStore(Storage, Seals);
        var id = NewCase().Id;
        Assert.Null(await store.FindAsync(id, Cancellation));
        var missing = await Assert.ThrowsAsync<CaseNotFoundException>(() => store.GetAsync(id, Cancellation));
        Assert.Equal($"There is no case {id}.", missing.Message);
        await Assert.ThrowsAsync<CaseNotFoundException>(() => store.UpdateAsync(id, found => found, Cancellation));
    }

    [Fact]
    public async Task GivenManyWhoAskAtOnce_NoNumberIsGivenTwice()
    {
        const int Year = 3998;
        var given = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Numbers.NextAsync(Year, $"m{i}", Cancellation)));
        Assert.Equal(Enumerable.Range(1, 12), given.Select(id => id.Number).Order());
        Assert.Equal("PR-3997-000001", (await Numbers.NextAsync(3997, "m", Cancellation)).ToString());
    }

    [Fact]
    public async Task GivenAFile_ItIsReplacedWhole_AndAMissingOneIsSaid()
    {
        var files = new CaseFiles(Storage, Seals);
        var id = NewCase().Id;
        Assert.Null(await files.ReadTextAsync(id, "letters/a.text", Cancellation));
        await Assert.ThrowsAsync<FileNotFoundException>(() => files.OpenReadAsync(id, "letters/a.text", Cancellation));
        await files.WriteAsync(id, "letters/a.text", BinaryData.FromString("a long first version"), Cancellation);
        await files.WriteAsync(id, "letters/a.text", BinaryData.FromString("second"), Cancellation);
        Assert.Equal("second", await files.ReadTextAsync(id, "letters/a.text", Cancellation));
        Assert.True(await files.ExistsAsync(id, "letters/a.text", Cancellation));
    }

    private static Case NewCase() => new()
    {
        Id = new CaseId(3999, Interlocked.Increment(ref lastNumber)),
        From = new EmailAddress("ada@people.example"),
        Subject = "SAR",
        ReceivedAt = new DateTimeOffset(3999, 6, 1, 9, 0, 0, TimeSpan.Zero),
        MessageId = "AAMk",
    };
}
