using System.Text;
using Microsoft.Extensions.Time.Testing;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tests.Evidence;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Links;

/// <summary>A fresh case with links of its own.</summary>
public sealed class LinkCase
{
    public const string Scope = "round 1 sha256 ab12";
    public static readonly byte[] Key = Encoding.ASCII.GetBytes("a test's key, thirty-two bytes..");
    public static readonly byte[] NewKey = Encoding.ASCII.GetBytes("the next key, thirty-two bytes..");
    private readonly FreshCase fresh;

    public LinkCase(AzuriteFixture azurite)
    {
        fresh = new FreshCase(azurite);
        Links = With(Key);
        Expires = Clock.GetUtcNow().AddDays(7);
    }

    public CaseId Id => fresh.Id;

    public FakeTimeProvider Clock => fresh.Clock;

    public CaseAccount Storage => fresh.Storage;

    public EvidenceLog Record => fresh.Record;

    public CaseLinks Links { get; }

    public DateTimeOffset Expires { get; }

    public CaseLinks With(params byte[][] keys) =>
        new(Storage, Record, new LinkSettings(new Uri("https://privacy.example.org"), keys), Clock);

    public async Task<string> TokenAsync(LinkPurpose purpose = LinkPurpose.Approve, string scope = Scope) =>
        (await Links.CreateAsync(Id, purpose, scope, Expires, TestContext.Current.CancellationToken)).Segments[^1];

    public Task<LinkCheck> CheckAsync(string token, LinkPurpose purpose = LinkPurpose.Approve, string? scope = null) =>
        Links.CheckAsync(Id.ToString(), purpose, token, scope, TestContext.Current.CancellationToken);

    /// <summary>Opens the case's record, as its first step does.</summary>
    public Task OpenAsync() => fresh.AppendAsync(1);

    public Task<List<EvidenceLine>> LinesAsync() => fresh.LinesAsync();
}
