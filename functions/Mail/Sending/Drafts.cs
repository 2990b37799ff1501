using System.Globalization;
using System.Net;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.Messages;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using MimeKit;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Mail.Sending;

/// <summary>
/// Drafts in our mailbox. Graph sends a draft once and then it is a draft no more, so its id is what makes a letter go out once.
/// Drafts are made from MIME: Graph's JSON can neither carry HTML and text together nor name the message that is answered.
/// </summary>
internal sealed class Drafts(GraphServiceClient graph, MailSettings settings)
{
    private static readonly string[] Fields = ["id", "isDraft", "internetMessageId"];

    public async Task<Draft> CreateAsync(MimeMessage message, CancellationToken cancellation)
    {
        var request = Messages.ToPostRequestInformation(new Message());
        request.Headers.Clear();
        request.Headers.Add("Accept", "application/json");
        request.SetStreamContent(new MemoryStream(Base64(message)), "text/plain");
        var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
        var made = await graph.RequestAdapter.SendAsync(request, Message.CreateFromDiscriminatorValue, errors, cancellation);
        return From(made!);
    }

    /// <returns>Null where there is no such message in our mailbox.</returns>
    public async Task<Draft?> FindAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var found = await Messages[id].GetAsync(request => request.QueryParameters.Select = Fields, cancellation);
            return From(found!);
        }
        catch (ODataError error) when (error.ResponseStatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Finds a draft, or the letter that became of it, by the Message-ID that we gave it.</summary>
    public async Task<Draft?> FindByMessageIdAsync(string internetMessageId, CancellationToken cancellation)
    {
        var found = await Messages.GetAsync(request =>
        {
            request.QueryParameters.Filter = string.Create(CultureInfo.InvariantCulture, $"internetMessageId eq '{internetMessageId}'");
            request.QueryParameters.Select = Fields;
        }, cancellation);
        return found?.Value?.Select(From).FirstOrDefault();
    }

    /// <summary>What lies in the folder of drafts since before a moment, people's own drafts among it.</summary>
    public async Task<IReadOnlyList<Draft>> ListAsync(DateTimeOffset madeBefore, CancellationToken cancellation)
    {
        List<Draft> found = [];
        var folder = graph.Users[settings.Address.Value].MailFolders["Drafts"].Messages;
        var page = await folder.GetAsync(request =>
        {
            request.QueryParameters.Top = 100;
            request.QueryParameters.Select = [.. Fields, "createdDateTime"];
        }, cancellation);
        while (page is not null)
        {
            found.AddRange(page.Value!.Where(message => message.IsDraft == true && message.CreatedDateTime < madeBefore).Select(From));
            page = page.OdataNextLink is { } next ? await folder.WithUrl(next).GetAsync(cancellationToken: cancellation) : null;
        }
        return found;
    }

    /// <summary>Sends a draft. Only "too busy" (429), which is said before anything is done, is tried again here.</summary>
    public Task SendAsync(string id, CancellationToken cancellation)
    {
        var onlyWhenTooBusy = new RetryHandlerOption
        {
            MaxRetry = settings.Retries,
            Delay = 1,
            ShouldRetry = (_, _, response) => response.StatusCode == HttpStatusCode.TooManyRequests,
        };
        return Messages[id].Send.PostAsync(request => request.Options.Add(onlyWhenTooBusy), cancellation);
    }

    public Task DeleteAsync(string id, CancellationToken cancellation) => Messages[id].DeleteAsync(cancellationToken: cancellation);

    private MessagesRequestBuilder Messages => graph.Users[settings.Address.Value].Messages;

    private static Draft From(Message message) => new(message.Id!, message.IsDraft == true, message.InternetMessageId ?? "");

    private static byte[] Base64(MimeMessage message)
    {
        using var mime = new MemoryStream();
        message.WriteTo(mime);
        return System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(mime.GetBuffer(), 0, (int)mime.Length));
    }
}

/// <param name="Id">Graph's immutable id: the same before and after sending.</param>
/// <param name="IsUnsent">False once it was sent.</param>
/// <param name="InternetMessageId">What a reply refers to.</param>
internal sealed record Draft(string Id, bool IsUnsent, string InternetMessageId);
