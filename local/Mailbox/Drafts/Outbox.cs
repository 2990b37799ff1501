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
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var draft = request.Require(store, id);
            if (!draft.IsDraft)
                throw GraphException.NotFound();
            if (Send(MailReader.Load(store.Mime(draft)), draft, request.Mailbox, keepCopy: true))
                return;
        }
        throw new GraphException(409, "ErrorIrresolvableConflict", "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.");
    }

    public bool Send(MimeMessage mime, StoredMessage? draft, string mailbox, bool keepCopy)
    {
        mime.Date = store.Now;
        CheckRecipients(mime);
        var copy = Content(MimeBytes.Of(mime));
        // Blind recipients stay with the sender.
        mime.Bcc.Clear();
        var delivered = Content(ReceivingService.Stamp(mime, mailbox, store.Now));
        return store.Send(delivered, copy, draft, mailbox, keepCopy);
    }

    private static void CheckRecipients(MimeMessage mime)
    {
        var recipients = mime.To.Mailboxes.Concat(mime.Cc.Mailboxes).Concat(mime.Bcc.Mailboxes).ToList();
        if (recipients.Count == 0 || recipients.Exists(recipient => !recipient.Address.Contains('@')))
            throw GraphException.BadRequest("ErrorInvalidRecipients", "At least one recipient is not valid.");
        if (recipients.Count > MaxRecipients)
            throw GraphException.BadRequest("ErrorExceededMaxRecipientLimitPerMessage", "The message has too many recipients: at most 500 are allowed.");
    }

    private MailContent Content(byte[] mime) => mime.LongLength > MaxMessage
        ? throw new GraphException(413, "ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.")
        : MailReader.Read(mime, store.Now);
}
