using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>The folders of the mailbox that mail arrives in, as Graph shows them.</summary>
internal sealed class Inbox(GraphServiceClient graph, MailSettings settings)
{
    public const string Folder = "Inbox";

    /// <summary>Where the mail service puts what it takes for unwanted, people's requests and answers among it.</summary>
    public const string JunkFolder = "JunkEmail";

    private const string Pages = "odata.maxpagesize=100";
    private static readonly string[] ListFields = ["id", "internetMessageId", "from", "receivedDateTime", "sentDateTime"];
    private static readonly string[] MessageFields = [.. ListFields, "subject", "conversationId", "internetMessageHeaders", "replyTo"];

    /// <summary>What is new in a folder since a link was given, page by page, each with the link to go on from.</summary>
    /// <param name="folder">By its well-known name.</param>
    /// <param name="link">Null to begin at the beginning. A link that Graph no longer knows does the same.</param>
    public async IAsyncEnumerable<InboxPage> ReadAsync(
        string folder, string? link, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var page = await ReadPageAsync(folder, link, cancellation);
            if (page is null)
            {
                link = null;
                continue;
            }
            link = page.OdataNextLink
                ?? page.OdataDeltaLink
                ?? throw new InvalidDataException("Graph gave a page of the inbox without a link.");
            yield return new InboxPage(
                page.Value?.Where(message => IsThere(message) && !(message.ReceivedDateTime < settings.Since)).ToList() ?? [], link);
            if (page.OdataNextLink is null)
                yield break;
        }
    }

    /// <returns>Null where the message is not in our mailbox any more.</returns>
    public async Task<Message?> FindAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await User.Messages[id].GetAsync(request => request.QueryParameters.Select = MessageFields, cancellation);
        }
        catch (ODataError error) when (error.ResponseStatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The message byte for byte. It arrives as it is read.</summary>
    public async Task<Stream> OpenMimeAsync(string id, CancellationToken cancellation) =>
        await User.Messages[id].Content.GetAsync(cancellationToken: cancellation) ?? Stream.Null;

    /// <summary>Shows whoever opens the mailbox that a message was taken.</summary>
    /// <param name="category">What became of it: a case number as a rule.</param>
    public Task MarkAsync(string id, string category, CancellationToken cancellation) =>
        User.Messages[id].PatchAsync(new Message { IsRead = true, Categories = [category] }, cancellationToken: cancellation);

    private Microsoft.Graph.Users.Item.UserItemRequestBuilder User => graph.Users[settings.Address.Value];

    /// <returns>Null where the link is too old, so that one has to begin anew.</returns>
    private async Task<DeltaGetResponse?> ReadPageAsync(string folder, string? link, CancellationToken cancellation)
    {
        var delta = User.MailFolders[folder].Messages.Delta;
        try
        {
            return link is null
                ? await delta.GetAsDeltaGetResponseAsync(request =>
                {
                    request.QueryParameters.Select = ListFields;
                    request.Headers.Add("Prefer", Pages);
                }, cancellation)
                : await delta.WithUrl(link).GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", Pages), cancellation);
        }
        catch (ODataError error) when (link is not null && IsTooOld(error))
        {
            return null;
        }
    }

    private static bool IsTooOld(ODataError error) =>
        error.ResponseStatusCode == (int)HttpStatusCode.Gone ||
        (error.ResponseStatusCode is >= 400 and < 500 && error.Error?.Code is { } code &&
         (code.Equals("syncStateNotFound", StringComparison.OrdinalIgnoreCase)
             || code.Equals("resyncRequired", StringComparison.OrdinalIgnoreCase)));

    // What left the inbox is listed too, with nothing but its id.
    private static bool IsThere(Message message) => message.Id is not null && !message.AdditionalData.ContainsKey("@removed");
}

/// <param name="Link">Where to go on from; to be stored when every message of the page is.</param>
internal sealed record InboxPage(IReadOnlyList<Message> Messages, string Link);
