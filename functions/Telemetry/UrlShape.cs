using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// What may be told of an address that was called: server and path, with everything in the path that is not a word of the service's own
/// or a case's number replaced by <c>*</c>, and no query. Paths name mailboxes, messages and blobs of other systems; nobody needs them to
/// see what was slow or failed.
/// </summary>
internal static partial class UrlShape
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "v1.0", "users", "messages", "mailFolders", "Inbox", "Inbox/messages", "delta()", "delta", "$value", "send", "subscriptions",
        "attachments", "createUploadSession", "createReply",
        "Cases", "Evidence", "Answers", "Letters", "Links", "Codes", "Downloads", "Counters", "Intake", "Mailbox", "Threads", "Tables",
        "Tables()", "$batch",
        "evidence", "backups", "staging", "bundle.zip", "request.eml", "identifiers.json", "rounds", "letters", "correspondence",
        "devstoreaccount1", "msi", "token", "metadata", "identity", "oauth2",
    ], StringComparer.OrdinalIgnoreCase);

    public static string Of(Uri address) =>
        $"{Server(address)}/{string.Join('/', address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Part))}";

    /// <summary>Scheme, host and port; no user.</summary>
    public static string Server(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static string Part(string part)
    {
        if (Words.Contains(part) || CaseContainer().IsMatch(part))
            return part;
        // A table's row, as in Cases(PartitionKey='PR-2026-000001',RowKey='case').
        var bracket = part.IndexOf('(', StringComparison.Ordinal);
        return bracket > 0 && Words.Contains(part[..bracket]) ? part[..bracket] + "(*)" : "*";
    }

    [GeneratedRegex("^((case|bundle)-)?pr-[0-9]{4}-[0-9]{6,9}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CaseContainer();
}
