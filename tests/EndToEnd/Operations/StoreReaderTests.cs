using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>
/// S1 and S2: somebody who may read one store, each in turn, and try over HTTP all that they find there. They confirm nothing, decide
/// nothing and fetch nothing.
/// </summary>
public sealed partial class StoreReaderTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static readonly string[] Pages =
        ["confirm", "sort", "approve", "refuse", "collect-again", "decide-later", "preview", "download", "file", "resume", "held"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S2_Given_all_that_the_reader_of_any_one_store_finds_Then_nothing_of_it_acts_at_any_stage()
    {
        var journey = fixture.Journey("read.by.others@example.com");
        await journey.AskAsync(Cancellation);
        var letter = await journey.ReadAcknowledgementAsync(Cancellation);
        // A reply that quotes our letter, with its link, is kept too.
        await journey.Person.SendAsync(
            AppFixture.Mailbox, "Re", "Is this from you?\n\n> " + MailUser.LinksIn(letter)[0], Cancellation);
        await fixture.App.AdvanceAsync("PT2M", Cancellation);
        await TryAllAsync(journey, "AwaitingIdentity");

        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await TryAllAsync(journey, "AwaitingDecision");

        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        var code = await journey.GetCodeAsync(Cancellation);
        await TryAllAsync(journey, "Delivered", code);
        var file = await journey.OpenAsync(code, Cancellation);
        await TryAllAsync(journey, "Delivered");
        using var answer = await fixture.App.Http.GetAsync(file, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task TryAllAsync(RequestJourney journey, string state, string? code = null)
    {
        var stores = await StoresAsync();
        Assert.True(stores.Count > 15, "The stores were not read.");
        foreach (var (store, text) in stores)
        {
            Assert.False(code is not null && text.Contains(code, StringComparison.Ordinal), $"{store} holds the code.");
            Assert.False(
                journey.ConfirmLink is { } link && text.Contains(link.AbsoluteUri[^40..], StringComparison.Ordinal),
                $"{store} holds a link.");
            foreach (var token in Tokens().Matches(text).Select(match => match.Value).Distinct())
            {
                foreach (var page in Pages)
                {
                    var address = new Uri(fixture.App.Http.BaseAddress!, $"api/cases/{journey.CaseId}/{page}/{token}");
                    var opened = await journey.Web.OpenAsync(address, Cancellation);
                    Assert.True(
                        opened.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{store}: {page} answered {opened.Status}");
                }
            }
        }
        Assert.Equal(state, await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    /// <summary>Every table and every container by itself, as text; the runtime's among them.</summary>
    private async Task<IReadOnlyList<(string Store, string Text)>> StoresAsync()
    {
        List<(string, string)> stores = [];
        var tables = new TableServiceClient(fixture.Storage);
        await foreach (var table in tables.QueryAsync(cancellationToken: Cancellation))
        {
            var rows = await tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation)
                .Select(row => string.Join(' ', row.Select(column =>
                    $"{column.Key}={(column.Value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : column.Value)}")))
                .ToListAsync(Cancellation);
            stores.Add(($"table {table.Name}", string.Join('\n', rows)));
        }
        var blobs = new BlobServiceClient(fixture.Storage);
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: Cancellation))
        {
            var texts = new List<string>();
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(cancellationToken: Cancellation))
                texts.Add((await client.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString());
            stores.Add(($"container {container.Name}", string.Join('\n', texts)));
        }
        return stores;
    }

    [GeneratedRegex("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{60,90}(?![A-Za-z0-9_-])")]
    private static partial Regex Tokens();
}
