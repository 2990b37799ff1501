using System.Globalization;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>A message as the table <c>Intake</c> has it.</summary>
internal sealed class IntakeEntry : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string MessageId { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>The sender's hash, by which messages take turns; empty where there is no usable one.</summary>
    public string Sender { get; set; } = "";

    /// <summary>Likewise of the sender's domain.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The number that was given to it, from then on its own, even if it never becomes a case.</summary>
    public string? CaseNumber { get; set; }

    /// <summary>Tells a second drawing of a number from the first; empty as a rule.</summary>
    public string Draws { get; set; } = "";

    public int Tries { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public string? Outcome { get; set; }

    /// <summary>While it is held: who sent it, as the message has it; personal data.</summary>
    public string? From { get; set; }

    /// <summary>It says that it is from our own mailbox, as forms do; whoever answers its sender answers us.</summary>
    public bool IsFromUs { get; set; }

    /// <summary>While it is held; personal data.</summary>
    public string? Subject { get; set; }

    /// <summary>While it is held: a <see cref="Holding.HoldReason"/>.</summary>
    public string? Reason { get; set; }

    /// <summary>
    /// Whose request it brings, where that is not its sender: as the message names them while it is held, as the officer gave it
    /// afterwards. Personal data.
    /// </summary>
    public string? About { get; set; }

    /// <summary>When that person wrote to us, as in <c>2026-11-24</c>, a date in London; null where it is when the message came.</summary>
    public string? AskedOn { get; set; }

    /// <summary>It lay in Junk Email when it was seen first.</summary>
    public bool IsJunk { get; set; }

    /// <summary>What the officer chose, a <see cref="Holding.Release"/>; null where nobody was asked.</summary>
    public string? Release { get; set; }

    /// <summary>The officer said whose request it brings.</summary>
    [IgnoreDataMember]
    public bool IsForAnother => Release == nameof(Holding.Release.Behalf);

    /// <summary>When the request came to us, through whomever (T2): noon in London where only the day is known.</summary>
    [IgnoreDataMember]
    public DateTimeOffset AskedAt => DateOnly.TryParseExact(AskedOn, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero)
        : ReceivedAt;

    /// <summary>64 hexadecimal digits.</summary>
    public string Key => RowKey[5..];

    /// <summary>The same message in another row.</summary>
    public IntakeEntry As(string rowKey, Action<IntakeEntry>? change = null)
    {
        var other = (IntakeEntry)MemberwiseClone();
        (other.RowKey, other.ETag, other.Timestamp, other.Tries, other.NotBefore) = (rowKey, default, null, 0, null);
        change?.Invoke(other);
        return other;
    }

    /// <summary>Without what is kept of a person only while the message is held.</summary>
    public IntakeEntry WithoutPerson()
    {
        (From, Subject, About) = (null, null, null);
        return this;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"message {Key[..12]}");
}
