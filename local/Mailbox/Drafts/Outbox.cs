using LocalMailbox.Graph;
using LocalMailbox.Mail;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Drafts;

/// <summary>Sends: gives the message its date, checks the limits, delivers and keeps the copy.</summary>
internal sealed class Outbox(MailStore store)
{
    /// <summary>Recipients of one message that Exchange Online takes by default.</summary>
    public const int MaxRecipients = 500;

    /// <summary>Bytes of one message that Exchange Online takes at most.</summary>
    public const int MaxMessage = 150 * 1024 * 1024;

    /// <summary>A draft can be sent once: afterwards it is not found as a draft.</summary>
    public void SendDraft(GraphRequest request, string id)
    {
        var draft = request.Require(store, id);
        if (!store.SendDraft(draft, mime => Prepare(MailReader.Load(mime), request.Mailbox)))
            throw GraphException.NotFound();
    }

    public void Send(MimeMessage mime, string mailbox, bool keepCopy) => store.Send(Prepare(mime, mailbox), mailbox, keepCopy);

    private Dispatch Prepare(MimeMessage mime, string mailbox)
    {
        mime.Date = store.Now;
        CheckRecipients(mime);
        var copy = Content(MimeBytes.Of(mime));
        // Blind recipients stay with the sender.
        mime.Bcc.Clear();
        return new Dispatch(Content(ReceivingService.Stamp(mime, mailbox, store.Now)), copy);
    }

    private static void CheckRecipients(MimeMessage mime)
    {
        var recipients = mime.To.Mailboxes.Concat(mime.Cc.Mailboxes).Concat(mime.Bcc.Mailboxes).ToList();
        if (recipients.Count == 0 || recipients.Exists(recipient => !recipient.Address.Contains('@')))
            throw GraphException.BadRequest("ErrorInvalidRecipients", "At least one recipient is not valid.");
        if (recipients.Count > MaxRecipients)
            throw GraphException.BadRequest(
                "ErrorExceededMaxRecipientLimitPerMessage", "The message has too many recipients: at most 500 are allowed.");
    }

    private MailContent Content(byte[] mime) => mime.LongLength > MaxMessage
        ? throw new GraphException(413, "ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.")
        : MailReader.Read(mime, store.Now);
}
