using LocalMailbox.Mail;

namespace LocalMailbox.Store;

/// <summary>One message on its way: as recipients get it, and as its sender keeps it, with the blind recipients.</summary>
internal sealed record Dispatch(MailContent Delivered, MailContent Copy);
