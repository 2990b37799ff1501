using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Links;

/// <param name="State">Only <see cref="LinkState.Valid"/> may act.</param>
/// <param name="CaseId">Set where the signature holds.</param>
/// <param name="Id">Of the token; empty where the signature does not hold.</param>
public sealed record LinkCheck(LinkState State, CaseId? CaseId, LinkPurpose Purpose, string Id, string Scope, DateTimeOffset ExpiresAt);

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
