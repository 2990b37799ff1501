namespace LocalMailbox.Mail;

/// <summary>The folders that every mailbox has.</summary>
public enum MailFolder
{
    Inbox = 1,
    Drafts = 2,
    SentItems = 3,
    DeletedItems = 4,
    JunkEmail = 5,
    Archive = 6,
}

/// <summary>What Graph calls the folders: a well-known name in any case, or an opaque id that differs between mailboxes.</summary>
internal static class MailFolders
{
    private const string Prefix = "AQMkADAwATM0MDAAMS1";

    public static IReadOnlyList<MailFolder> All { get; } = Enum.GetValues<MailFolder>();

    public static string Id(MailFolder folder, string mailbox) => OpaqueId.Of(Prefix, $"{mailbox}\n{folder}");

    public static string DisplayName(MailFolder folder) => folder switch
    {
        MailFolder.SentItems => "Sent Items",
        MailFolder.DeletedItems => "Deleted Items",
        MailFolder.JunkEmail => "Junk Email",
        _ => folder.ToString(),
    };

    public static MailFolder? Find(string nameOrId, string mailbox)
    {
        foreach (var folder in All)
        {
            if (nameOrId.Equals(folder.ToString(), StringComparison.OrdinalIgnoreCase) || nameOrId == Id(folder, mailbox))
                return folder;
        }
        return null;
    }
}
