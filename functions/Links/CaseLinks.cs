using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// Links that letters carry: <c>{Site__BaseUrl}/api/cases/{caseId}/{page}/{token}</c>. A token is signed, for one case and one purpose,
/// where it matters for one bundle (round and hash), expires, can be revoked, and acts once (S2). A URL holds no personal data.
/// </summary>
public sealed class CaseLinks
{
    /// <summary>Makes, or makes again, the link for this purpose: the same arguments give the same token, so that a step that runs again writes the same letter.</summary>
    public Task<Uri> CreateAsync(CaseId caseId, LinkPurpose purpose, string scope, DateTimeOffset expiresAt, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Checks signature, case, purpose, scope, expiry, revocation and use, now, and records a refusal in the case's record. Changes nothing else.</summary>
    public Task<LinkCheck> CheckAsync(string caseId, LinkPurpose purpose, string token, string? scope, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Uses up a link that <see cref="CheckAsync"/> let pass: true for one caller only, ever.</summary>
    public Task<bool> TryUseAsync(LinkCheck link, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Ends every link of these purposes that the case has given out.</summary>
    public Task RevokeAsync(CaseId caseId, IReadOnlyCollection<LinkPurpose> purposes, CancellationToken cancellation = default) => throw new NotImplementedException();
}

/// <summary>What a link is for; its page's name in the URL is the value in lowercase with hyphens.</summary>
public enum LinkPurpose
{
    /// <summary>The person says whether they sent the request.</summary>
    Confirm,

    /// <summary>The officer says what a request is that no rule understood.</summary>
    Sort,

    Approve,
    Refuse,
    Hold,

    /// <summary>The officer has the data collected again.</summary>
    CollectAgain,

    /// <summary>The officer looks at the bundle.</summary>
    Preview,

    /// <summary>The person's page with the code.</summary>
    Download,

    /// <summary>The file itself, for a short while after the right code.</summary>
    File,
}

public enum LinkState
{
    Valid,

    /// <summary>Not ours, altered, or for another case or purpose: 403.</summary>
    Forged,

    /// <summary>410.</summary>
    Expired,

    /// <summary>410.</summary>
    Used,

    /// <summary>410: revoked, or for a bundle that was built anew since.</summary>
    Revoked,
}

/// <param name="State">Only <see cref="LinkState.Valid"/> may act.</param>
/// <param name="CaseId">Set where the signature holds.</param>
/// <param name="Id">Of the token; empty where the signature does not hold.</param>
public sealed record LinkCheck(LinkState State, CaseId? CaseId, LinkPurpose Purpose, string Id, string Scope, DateTimeOffset ExpiresAt);
