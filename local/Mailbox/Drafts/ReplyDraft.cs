using System.Net;
using LocalMailbox.Mail;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Drafts;

/// <summary>An answer in the same thread: to whom the original says, under its subject, quoting it.</summary>
internal static class ReplyDraft
{
    /// <summary>As Graph writes it: HTML with the original quoted below.</summary>
    public static MimeMessage Of(
        StoredMessage original, byte[] originalMime, string originalBody, string? comment, string mailbox, DateTimeOffset now)
    {
        var mime = Answering(original, MailReader.Load(originalMime), mailbox, now);
        DraftBody.Compose(mime, Quote(original, originalBody, comment), isHtml: true, []);
        return mime;
    }

    /// <summary>An answer without words yet.</summary>
    public static MimeMessage Answering(StoredMessage original, MimeMessage source, string mailbox, DateTimeOffset now)
    {
        var mime = DraftEdit.New(mailbox, now);
        var envelope = original.Envelope;
        var recipients = envelope.ReplyTo.Count > 0 ? envelope.ReplyTo : envelope.From is { } from ? [from] : [];
        mime.To.AddRange(recipients.Select(party => new MailboxAddress(party.Name, party.Address)));
        mime.Subject = original.Subject.StartsWith("RE:", StringComparison.OrdinalIgnoreCase)
            ? original.Subject
            : $"RE: {original.Subject}";
        var answered = original.MessageId.Trim('<', '>');
        mime.InReplyTo = answered;
        foreach (var reference in source.References.Append(answered).Distinct())
            mime.References.Add(reference);
        return mime;
    }

    private static string Quote(StoredMessage original, string body, string? comment)
    {
        var own = WebUtility.HtmlEncode(comment ?? "").ReplaceLineEndings("<br>\r\n");
        var from = WebUtility.HtmlEncode(original.Envelope.From is { } party ? $"{party.Name} <{party.Address}>".Trim() : "");
        var quoted = original.IsHtml ? HtmlBody.Inner(body) : WebUtility.HtmlEncode(body).ReplaceLineEndings("<br>\r\n");
        return "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\r\n"
            + $"{own}<hr tabindex=\"-1\" style=\"display:inline-block; width:98%\">\r\n"
            + $"<div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>From:</b> {from}<br><b>Sent:</b> {original.Sent:dddd, d MMMM yyyy HH:mm} UTC<br>"
            + $"<b>Subject:</b> {WebUtility.HtmlEncode(original.Subject)}<div>&nbsp;</div></div>\r\n"
            + $"<div>{quoted}</div></body></html>";
    }
}
