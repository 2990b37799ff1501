using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// What we know about one request. Personal data: it lives in the case's storage and is read by activities,
/// never carried by an orchestration.
/// </summary>
public sealed record Case
{
    public required CaseId Id { get; init; }

    /// <summary>
    /// The address that the request came from, and the only one that answers go to (S1); of one that somebody passed on, the address that
    /// the officer gave.
    /// </summary>
    public required EmailAddress From { get; init; }

    /// <summary>The display name that the sender gave, at most 200 characters; untrusted.</summary>
    public string Name { get; init; } = "";

    /// <summary>At most 500 characters; untrusted.</summary>
    public string Subject { get; init; } = "";

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Graph's immutable id of the request in our mailbox; replies go into its thread.</summary>
    public required string MessageId { get; init; }

    public string ConversationId { get; init; } = "";

    /// <summary>The request's Message-ID, which replies name; untrusted, at most 998 characters.</summary>
    public string InternetMessageId { get; init; } = "";

    /// <summary>How the request came. Only what its sender wrote themselves was vouched for by a mail service.</summary>
    public RequestChannel Channel { get; init; } = RequestChannel.Email;

    /// <summary>
    /// What SPF, DKIM, DMARC and Microsoft's composite authentication said of the domain in <see cref="From"/>, as in
    /// <c>from-domain: spf=pass dkim=pass dmarc=pass compauth=pass reason=100</c>; empty when our mail service said nothing.
    /// </summary>
    public string Authentication { get; init; } = "";

    /// <summary>The rights that the words of the request name; empty where a human has to say.</summary>
    public IReadOnlyList<Right> Rights { get; init; } = [];

    /// <summary>The last day to answer, a date in London (T3). Null until it is understood.</summary>
    public DateOnly? DueOn { get; init; }

    public CaseState State { get; init; } = CaseState.Received;

    /// <summary>When we asked the sender to confirm; null before.</summary>
    public DateTimeOffset? IdentityAskedAt { get; init; }

    /// <summary>How often the data was collected: 1 for the first bundle. A new round voids the links of the one before.</summary>
    public int Round { get; init; }

    /// <summary>SHA-256 of the bundle of this round, 64 lowercase hexadecimal digits; empty until it is built.</summary>
    public string BundleSha256 { get; init; } = "";

    /// <summary>Which writing of the bundle that is, in the storage's word; empty until it is built.</summary>
    public string BundleETag { get; init; } = "";

    /// <summary>When the person's link stops working; null until it is sent.</summary>
    public DateTimeOffset? LinkExpiresAt { get; init; }

    /// <summary>How often the link died before its letter could be sent, so that a new one was made; 0 as a rule.</summary>
    public int LinkRenewals { get; init; }

    /// <summary>When the letter with the person's link had been sent; null before.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How it ended, one of <see cref="CaseOutcome"/>; empty while it is open.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>
    /// At this state or where it is already: a case that is resumed goes through what is done and must not seem to go back.
    /// </summary>
    public Case Reached(CaseState state) => State < state ? this with { State = state } : this;

    /// <summary>Days from today in London to the due date; 0 on the day itself, negative when it is over.</summary>
    public int DaysLeft(DateTimeOffset now) =>
        (DueOn ?? throw new InvalidOperationException("The due date is not known yet.")).DayNumber
        - DeadlineCalculator.LondonDate(now).DayNumber;
}

/// <summary>How a request came to us (T2). Stored by number, so the order stays.</summary>
public enum RequestChannel
{
    /// <summary>The person wrote to the mailbox.</summary>
    Email,

    /// <summary>They wrote to a colleague, who forwarded it.</summary>
    Colleague,

    /// <summary>They filled in a form on a website.</summary>
    WebForm,
}

/// <summary>Where a case stands, in the order in which a case passes through.</summary>
public enum CaseState
{
    Received,
    WithOfficer,
    AwaitingIdentity,
    Collecting,
    AwaitingDecision,
    Delivered,
    Closed,
}
