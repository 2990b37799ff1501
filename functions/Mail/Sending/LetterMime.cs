using MimeKit;
using MimeKit.Utils;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Mail.Sending;

/// <summary>
/// A letter as MIME: HTML and text side by side, in the thread of the message that it answers, and marked so that no machine answers it.
/// </summary>
internal static class LetterMime
{
    /// <summary>Names the letter: <c>PR-2026-000001/acknowledgement</c>. Our own letters that come back are known by it.</summary>
    public const string Header = "X-PrivacyFlows-Letter";

    /// <param name="answers">The request that the letter answers, or null for a letter that opens a thread of its own.</param>
    public static MimeMessage Compose(
        MailSettings settings, IEnumerable<EmailAddress> to, RenderedLetter letter, string messageId, DateTimeOffset date, Case? answers)
    {
        // The subject is ours and not "Re:" and the request's: who forges a sender would else have us mail their words to others.
        var message = new MimeMessage { Subject = letter.Subject, Date = date, MessageId = messageId };
        message.From.Add(new MailboxAddress(settings.Name, settings.Address.Value));
        message.To.AddRange(to.Select(address => MailboxAddress.Parse(address.Value)));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Body = new MultipartAlternative(new TextPart("plain") { Text = letter.Text }, new TextPart("html") { Text = letter.Html });
        if (answers is not null && MimeUtils.EnumerateReferences(answers.InternetMessageId).FirstOrDefault() is { } answered)
        {
            message.InReplyTo = answered;
            message.References.Add(answered);
        }
        return message;
    }
}
