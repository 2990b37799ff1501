namespace LocalMailbox.Mail;

/// <summary>Somebody named in a message's header.</summary>
public sealed record Party(string? Name, string Address);

/// <summary>Who a message is from and for, as its header says.</summary>
public sealed record Envelope(
    Party? From,
    Party? Sender,
    IReadOnlyList<Party> ReplyTo,
    IReadOnlyList<Party> To,
    IReadOnlyList<Party> Cc,
    IReadOnlyList<Party> Bcc)
{
    /// <summary>Every recipient once, in lower case, in the order of the header.</summary>
    public IReadOnlyList<string> Recipients() =>
        [.. To.Concat(Cc).Concat(Bcc).Select(party => party.Address.ToLowerInvariant()).Where(address => address.Contains('@')).Distinct()];
}
