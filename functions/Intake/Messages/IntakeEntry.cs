using System.Globalization;
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

    /// <summary>While it is held; personal data.</summary>
    public string? Subject { get; set; }

    /// <summary>While it is held: a <see cref="Holding.HoldReason"/>.</summary>
    public string? Reason { get; set; }

    /// <summary>What the officer chose, a <see cref="Holding.Release"/>; null where nobody was asked.</summary>
    public string? Release { get; set; }

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
        (From, Subject) = (null, null);
        return this;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"message {Key[..12]}");
}
