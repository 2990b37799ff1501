using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;

namespace Spectrum.PrivacyFlows.Tests.Evidence;

/// <summary>
/// A case of its own for one test, on the shared Azurite, with a clock that stands still at Monday 23 November 2026, 09:30 in London.
/// </summary>
public sealed class FreshCase
{
    public FreshCase(AzuriteFixture azurite)
    {
        Storage = new CaseAccount(new BlobServiceClient(azurite.ConnectionString), new TableServiceClient(azurite.ConnectionString));
        Record = new EvidenceLog(Storage, Clock);
    }

    public CaseId Id { get; } = new(2026, Random.Shared.Next(1, 999_999_999));

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.Zero));

    public CaseAccount Storage { get; }

    public EvidenceLog Record { get; }

    public TableClient Table(string name) => Storage.Tables.GetTableClient(name);

    /// <summary>Lines <c>step/1</c> to <c>step/n</c>, a minute apart, each with a fact.</summary>
    public async Task AppendAsync(int lines)
    {
        for (var number = 1; number <= lines; number++)
        {
            await Record.AppendAsync(
                Id,
                $"step/{number}",
                $"Step {number} was done.",
                new Dictionary<string, string> { ["count"] = $"{number}" },
                TestContext.Current.CancellationToken);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public async Task<List<EvidenceLine>> LinesAsync() =>
        await Record.ReadAsync(Id, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public Task<string?> FindBreakAsync() => Record.FindBreakAsync(Id, TestContext.Current.CancellationToken);
}
