using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Floods;

namespace Spectrum.PrivacyFlows.Operations.Backups;

/// <summary>Every table of the account of the cases. Azure can restore deleted blobs, but no table, so we keep copies.</summary>
public static class BackedUpTables
{
    /// <summary>In the order in which they are restored: what others lean on comes first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Counters", "Cases", "Evidence", "Answers", "Letters", "Links", "Codes", "Downloads", "Threads", "Intake", "Mailbox", "Senders",
        "Budgets",
    ];
}
