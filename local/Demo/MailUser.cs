using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LocalDemo;

/// <summary>
/// Somebody with a mailbox, who writes and reads mail over Graph's REST and nothing else: the person who asks, or the officer.
/// </summary>
/// <param name="graph">Calls the mailbox; its base address ends in <c>/v1.0/</c>.</param>
public sealed partial class MailUser(HttpClient graph, string address)
{
    private readonly HashSet<string> read = [];

    public string Address => address;

    public async Task SendAsync(string to, string subject, string body, CancellationToken cancellation)
    {
        var mail = new
        {
            message = new
            {
                subject,
                body = new { contentType = "text", content = body },
                toRecipients = new[] { new { emailAddress = new { address = to } } },
            },
        };
        using var answer = await graph.PostAsJsonAsync($"users/{Uri.EscapeDataString(address)}/sendMail", mail, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits for a mail that was not read yet and whose subject holds these words.</summary>
    /// <exception cref="TimeoutException">None came within <paramref name="patience"/> of real time.</exception>
    public async Task<ReceivedMail> ReadNewAsync(string subjectHolds, TimeSpan patience, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(patience);
        try
        {
            while (true)
            {
                var fresh = (await InboxAsync(over.Token)).FirstOrDefault(mail =>
                    !read.Contains(mail.Id) && mail.Subject.Contains(subjectHolds, StringComparison.OrdinalIgnoreCase));
                if (fresh is not null && read.Add(fresh.Id))
                    return fresh;
                await Task.Delay(100, over.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No mail with “{subjectHolds}” in its subject came within {patience.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>Every mail in the inbox, oldest first.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> InboxAsync(CancellationToken cancellation)
    {
        var url = $"users/{Uri.EscapeDataString(address)}/mailFolders/inbox/messages?$top=1000&$orderby=receivedDateTime%20asc"
            + "&$select=id,subject,body";
        var page = await graph.GetFromJsonAsync<JsonObject>(url, cancellation);
        return [.. page!["value"]!.AsArray().Select(mail =>
            new ReceivedMail((string)mail!["id"]!, (string?)mail["subject"] ?? "", (string?)mail["body"]!["content"] ?? ""))];
    }

    /// <summary>Every link of a mail that leads to the app.</summary>
    public static IReadOnlyList<Uri> LinksIn(ReceivedMail mail) =>
        [.. Links().Matches(mail.Html).Select(match => new Uri(WebUtility.HtmlDecode(match.Groups[1].Value))).Distinct()];

    /// <summary>The first link of this page in a mail.</summary>
    public static Uri LinkIn(ReceivedMail mail, string page) =>
        LinksIn(mail).FirstOrDefault(link => link.AbsolutePath.Contains($"/{page}/", StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"The mail “{mail.Subject}” has no {page} link.");

    [GeneratedRegex("href=\"(https?://[^\"]+/api/cases/[^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Links();
}

public sealed record ReceivedMail(string Id, string Subject, string Html);
