namespace LocalMailbox.Mail;

/// <summary>
/// What is read from a message's MIME once, when it arrives, and kept beside it: a list of mails then needs no parsing, and
/// ten thousand recipients share one copy.
/// </summary>
/// <param name="Body">HTML with what can act removed, or the text as written.</param>
/// <param name="Thread">The message ids this message answers, oldest first, without brackets.</param>
/// <param name="Mime">The bytes as they came.</param>
public sealed record MailContent(
    string Subject,
    string MessageId,
    DateTimeOffset Sent,
    Envelope Envelope,
    IReadOnlyList<string> Thread,
    string Importance,
    bool HasAttachments,
    bool IsHtml,
    string Body,
    string Preview,
    byte[] Mime);
