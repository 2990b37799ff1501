using System.Text.RegularExpressions;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Mail.Sending;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Tells mail that a person wrote from mail that a machine seems to have sent. The latter gets no answer by itself, or two machines would
/// write to each other for ever; but web forms and ticket systems mark people's requests so, and the officer looks at each.
/// </summary>
internal static partial class MailTriage
{
    private static readonly string[] MailingListHeaders = ["List-Id", "List-Unsubscribe", "List-Post"];
    private static readonly string[] AutoReplyHeaders = ["X-Autoreply", "X-Autorespond", "X-Auto-Reply"];

    /// <param name="from">The sender, or null where there is no usable one.</param>
    /// <param name="mailbox">Our own address.</param>
    /// <returns>Why the message gets no automatic answer and waits for the officer; null where a person may have sent it.</returns>
    public static HoldReason? WhyHeld(IReadOnlyCollection<InternetMessageHeader> headers, EmailAddress? from, EmailAddress mailbox)
    {
        if (from is null)
            return HoldReason.NoSender;
        if (from.Equals(mailbox) || Has(headers, LetterMime.Header))
            return HoldReason.OwnLetter;
        if (Values(headers, "Content-Type").Any(value => Report().IsMatch(value)) || IsMailService(from))
            return HoldReason.DeliveryReport;
        if (Values(headers, "Auto-Submitted").Any(value => !No().IsMatch(value)) || AutoReplyHeaders.Any(name => Has(headers, name)))
            return HoldReason.AutomaticReply;
        if (Values(headers, "Return-Path").Any(value => value.Trim() is "<>"))
            return HoldReason.DeliveryReport;
        if (Values(headers, "Precedence").Any(value => BulkPrecedence().IsMatch(value))
                || MailingListHeaders.Any(name => Has(headers, name)))
            return HoldReason.MailingList;
        return from.IsQuoted ? HoldReason.UnusualSender : null;
    }

    private static bool IsMailService(EmailAddress from) =>
        from.Value.Split('@')[0].ToUpperInvariant() is "MAILER-DAEMON" or "POSTMASTER"
        || from.Value.StartsWith("MicrosoftExchange", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<string> Values(IEnumerable<InternetMessageHeader> headers, string name) =>
        headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value ?? "");

    private static bool Has(IEnumerable<InternetMessageHeader> headers, string name) => Values(headers, name).Any();

    [GeneratedRegex(@"^\s*multipart/report\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Report();

    [GeneratedRegex(@"^\s*no\s*(;|\(|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex No();

    [GeneratedRegex(@"^\s*(bulk|junk|list|auto_reply)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BulkPrecedence();
}
