using LocalMailbox.Mail;

namespace LocalMailbox.Store;

/// <summary>Which messages of a mailbox, in SQL made by <see cref="Graph.ODataFilter"/> from known columns only.</summary>
/// <param name="Folder">Null: every folder.</param>
/// <param name="Where">A condition over <c>m</c> (messages) and <c>c</c> (contents), or null.</param>
internal sealed record MessageQuery(
    string Mailbox, MailFolder? Folder, string? Where, IReadOnlyList<(string Name, object Value)> Parameters, string Order);
