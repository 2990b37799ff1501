namespace LocalMailbox.Store;

/// <summary>What happened to a message, told after it was committed.</summary>
/// <param name="Kind"><c>created</c>, <c>updated</c> or <c>deleted</c>, in the folder that the message names.</param>
internal sealed record MailChange(string Kind, StoredMessage Message);

/// <summary>One step of a folder's history: a message as it is now, or the ids of one that left.</summary>
internal sealed record FolderChange(long Number, StoredMessage? Message, string? ImmutableId, string? PlaceId, string? Reason);
