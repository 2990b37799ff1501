using System.Security.Cryptography;
using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// Links that letters carry: <c>{Site__BaseUrl}/api/cases/{caseId}/{page}/{token}</c>. A token is signed, for one case and one purpose,
/// where it matters for one bundle (round and hash), expires, can be revoked, and acts once (S2). A URL holds no personal data.
/// </summary>
public sealed class CaseLinks(CaseAccount storage, EvidenceLog record, LinkSettings settings, TimeProvider clock)
{
    private const string Refused = "link-refused";
    private readonly LinkTable table = new(storage);

    /// <summary>
    /// Makes, or makes again, the link for this purpose: the same arguments give the same token, so that a step that
    /// runs again writes the same letter.
    /// </summary>
    /// <param name="scope">
    /// What it is for beside the purpose, such as round and hash of a bundle; may be empty, at most 1,000 characters, no personal data.
    /// </param>
    /// <param name="expiresAt">Rounded down to the second. From this moment on the link no longer acts.</param>
    public async Task<Uri> CreateAsync(
        CaseId caseId, LinkPurpose purpose, string scope, DateTimeOffset expiresAt, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scope.Length, 1_000);
        var token = LinkToken.For(caseId, purpose, scope, expiresAt);
        await table.AddAsync(caseId, token, scope, cancellation);
        return new Uri(
            $"{settings.BaseUrl.AbsoluteUri.TrimEnd('/')}/api/cases/{caseId}/{Page(purpose)}/{token.Sign(caseId, settings.Keys[0])}");
    }

    /// <summary>
    /// Checks signature, case, purpose, scope, expiry, revocation and use, now, and records a refusal in the
    /// case's record. Changes nothing else.
    /// </summary>
    /// <param name="caseId">As the URL has it, whatever that is.</param>
    /// <param name="token">As the URL has it, whatever that is.</param>
    /// <param name="scope">What the link has to be for now; null where any will do.</param>
    public async Task<LinkCheck> CheckAsync(
        string caseId, LinkPurpose purpose, string token, string? scope, CancellationToken cancellation = default)
    {
        var id = CaseId.TryParse(caseId, out var parsed) ? parsed : (CaseId?)null;
        var check = id is null ? Forged(null, purpose, null) : await JudgeAsync(id.Value, purpose, token, scope, cancellation);
        if (check.State != LinkState.Valid)
            await RecordRefusalAsync(id, check, cancellation);
        return check;
    }

    /// <summary>
    /// Uses up a link that <see cref="CheckAsync"/> let pass: true for one caller only, ever. The use is on record before the link is used
    /// up: whoever is killed in between leaves a link that still works, and its next use finds the line there.
    /// </summary>
    public async Task<bool> TryUseAsync(LinkCheck link, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link is not { State: LinkState.Valid, CaseId: { } caseId }
            || await table.FindAsync(caseId, link.Id, cancellation) is not { IsUsed: false, IsRevoked: false })
            return false; // Used or withdrawn since it was checked: the record says nothing that did not happen.
        await RecordUseAsync(caseId, link.Purpose, link.Id, cancellation);
        return await table.TryUseAsync(caseId, link.Id, RandomNumberGenerator.GetHexString(32), clock.GetUtcNow(), cancellation);
    }

    /// <summary>
    /// Sees to it that a link whose answer was taken is used up and on record: the page may have been killed on the way. Safe to repeat.
    /// </summary>
    public async Task EnsureUsedAsync(CaseId caseId, LinkPurpose purpose, string linkId, CancellationToken cancellation = default)
    {
        await RecordUseAsync(caseId, purpose, linkId, cancellation);
        await table.TryUseAsync(caseId, linkId, "its answer", clock.GetUtcNow(), cancellation);
    }

    private Task RecordUseAsync(CaseId caseId, LinkPurpose purpose, string linkId, CancellationToken cancellation) => record.AppendAsync(
        caseId, $"link-used/{linkId}", $"The “{Page(purpose)}” link was used; it works once.",
        new Dictionary<string, string> { ["purpose"] = Page(purpose), ["link"] = linkId }, cancellation);

    /// <summary>Ends every link of these purposes that the case has given out.</summary>
    public Task RevokeAsync(CaseId caseId, IReadOnlyCollection<LinkPurpose> purposes, CancellationToken cancellation = default) =>
        table.RevokeAsync(caseId, purposes, except: "", clock.GetUtcNow(), cancellation);

    /// <summary>Makes a link that takes the place of all of its purpose, and of what these gave out.</summary>
    /// <param name="told">Tells whom it is for; only then do the others end, so that nobody is left without one.</param>
    /// <inheritdoc cref="CreateAsync"/>
    public async Task ReplaceAsync(
        CaseId caseId, LinkPurpose purpose, string scope, DateTimeOffset expiresAt, Func<Uri, Task> told,
        CancellationToken cancellation = default)
    {
        await told(await CreateAsync(caseId, purpose, scope, expiresAt, cancellation));
        LinkPurpose[] ended = purpose == LinkPurpose.Download ? [LinkPurpose.Download, LinkPurpose.File] : [purpose];
        var id = LinkToken.For(caseId, purpose, scope, expiresAt).Id;
        await table.RevokeAsync(caseId, ended, except: id, clock.GetUtcNow(), cancellation);
    }

    /// <summary>The page's name in the URL, as in <c>collect-again</c>.</summary>
    internal static string Page(LinkPurpose purpose) => JsonNamingPolicy.KebabCaseLower.ConvertName(purpose.ToString());

    private async Task<LinkCheck> JudgeAsync(
        CaseId caseId, LinkPurpose purpose, string token, string? scope, CancellationToken cancellation)
    {
        if (LinkToken.Read(token, caseId, settings.Keys) is not { } read)
            return Forged(null, purpose, null);
        if (read.Purpose != purpose || await table.FindAsync(caseId, read.Id, cancellation) is not { } row)
            return Forged(caseId, purpose, read);
        if (LinkToken.For(caseId, purpose, row.Scope, read.ExpiresAt).Id != read.Id)
            return Forged(caseId, purpose, read); // Somebody changed the scope in the table.
        return new LinkCheck(State(row, read, scope), caseId, purpose, read.Id, row.Scope, read.ExpiresAt);
    }

    private LinkState State(LinkRow row, LinkToken token, string? scope)
    {
        if (row.IsRevoked || (scope is not null && scope != row.Scope))
            return LinkState.Revoked;
        if (row.IsUsed)
            return LinkState.Used;
        return clock.GetUtcNow() >= token.ExpiresAt ? LinkState.Expired : LinkState.Valid;
    }

    private static LinkCheck Forged(CaseId? caseId, LinkPurpose purpose, LinkToken? token) =>
        new(LinkState.Forged, caseId, purpose, token?.Id ?? "", "", token?.ExpiresAt ?? default);

    /// <summary>
    /// In the case's own record where there is such a case, else in the system's. Bounded, as anybody can send nonsense for ever.
    /// </summary>
    private async Task RecordRefusalAsync(CaseId? caseId, LinkCheck check, CancellationToken cancellation)
    {
        var reason = check.State.ToString().ToLowerInvariant();
        Measure.LinkRefused(Page(check.Purpose), check.State.ToString().ToLowerInvariant());
        var text = $"The “{Page(check.Purpose)}” link was refused: {Why(check.State)}.";
        var facts = new Dictionary<string, string>(Facts(check)) { ["reason"] = reason };
        if (caseId is { } id && await record.ExistsAsync(id, cancellation))
            await record.AppendBoundedAsync(id, Refused, text, facts, cancellation: cancellation);
        else
            await record.AppendToSystemAsync(Refused, text, facts, cancellation: cancellation);
    }

    private static string Why(LinkState state) => state switch
    {
        LinkState.Forged => "it is not one of ours, or was altered",
        LinkState.Expired => "its time is over",
        LinkState.Used => "it was used before",
        _ => "it was withdrawn, or a newer one took its place",
    };

    private static Dictionary<string, string> Facts(LinkCheck check) => new() { ["purpose"] = Page(check.Purpose), ["link"] = check.Id };
}
