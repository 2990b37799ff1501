using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>The links by which an officer decides on one round; each is for its purpose and this bundle alone.</summary>
public sealed class DecisionLinks(CaseLinks links)
{
    /// <summary>All that a new round, a decision or the case's end revokes.</summary>
    public static readonly IReadOnlyCollection<LinkPurpose> Purposes =
        [.. Decision.All.Select(decision => decision.Link), LinkPurpose.Preview];

    public Task<Uri> CreateAsync(Case found, Round round, LinkPurpose purpose, CancellationToken cancellation) =>
        links.CreateAsync(found.Id, purpose, round.Scope, OfficerMail.LinksExpire(found), cancellation);

    /// <summary>
    /// Deciding later may be chosen again, and a link acts once: each letter has one of its own, told apart by a minute in its expiry.
    /// </summary>
    public Task<Uri> CreateDecideLaterAsync(Case found, Round round, int? daysBefore, CancellationToken cancellation) =>
        links.CreateAsync(
            found.Id, LinkPurpose.DecideLater, round.Scope, OfficerMail.LinksExpire(found).AddMinutes(daysBefore ?? -1), cancellation);
}
