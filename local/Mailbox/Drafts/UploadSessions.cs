using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalMailbox.Graph;
using LocalMailbox.Store;

namespace LocalMailbox.Drafts;

/// <summary>Attachments of more than 3 MB come in pieces, in order, and are on the draft when the last one is.</summary>
internal sealed partial class UploadSessions(string folder) : IDisposable
{
    private const long MaxFile = Outbox.MaxMessage;

    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Upload> uploads = [];
    private readonly SemaphoreSlim access = new(1);

    /// <summary>The address is the authority, as in Graph: it cannot be guessed.</summary>
    private sealed record Upload(GraphRequest Request, string MessageId, JsonObject Item, long Size, string Path);

    public static void Map(IEndpointRouteBuilder user, IEndpointRouteBuilder routes)
    {
        foreach (var message in new[] { user.MapGroup("/messages/{id}"), user.MapGroup("/mailFolders/{folder}/messages/{id}") })
            message.MapPost(
                "/attachments/createUploadSession",
                (GraphRequest request, string id, MailStore store, UploadSessions sessions) => sessions.CreateAsync(request, id, store));
        routes.MapPut(
            "/api/v2.0/AttachmentSessions/{session}",
            (HttpContext http, string session, MailStore store, UploadSessions sessions) => sessions.PutAsync(http, session, store));
        routes.MapDelete("/api/v2.0/AttachmentSessions/{session}", (string session, UploadSessions sessions) => sessions.Cancel(session));
    }

    public void Dispose() => access.Dispose();

    private async Task<IResult> CreateAsync(GraphRequest request, string id, MailStore store)
    {
        var message = request.Require(store, id);
        var item = (await request.ReadJsonAsync()).Object("attachmentItem") ?? throw GraphException.Invalid("AttachmentItem is missing.");
        if (!message.IsDraft
                || !long.TryParse(item["size"]?.ToString(), CultureInfo.InvariantCulture, out var size)
                || size is < 1 or > MaxFile)
            throw GraphException.Invalid("An upload session wants a draft, and a size of 1 byte to 150 MB.");
        var session = RandomNumberGenerator.GetHexString(48, lowercase: true);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, session);
        await File.WriteAllBytesAsync(path, []);
        lock (uploads)
            uploads[session] = new Upload(request, message.ImmutableId, item, size, path);
        return request.Json(
            new JsonObject
            {
                ["@odata.context"] = $"{request.Root}/$metadata#microsoft.graph.uploadSession",
                ["uploadUrl"] = $"{request.Root[..^5]}/api/v2.0/AttachmentSessions/{session}",
                ["expirationDateTime"] = MessageJson.Date(store.Now + Life),
                ["nextExpectedRanges"] = new JsonArray("0-"),
            },
            201);
    }

    private async Task<IResult> PutAsync(HttpContext http, string session, MailStore store)
    {
        await access.WaitAsync(http.RequestAborted);
        try
        {
            var upload = Find(session);
            var range = ContentRange().Match(http.Request.Headers.ContentRange.ToString());
            await using var file = new FileStream(upload.Path, FileMode.Append, FileAccess.Write);
            if (!range.Success || Number(range, 3) != upload.Size || Number(range, 1) != file.Position)
                throw new GraphException(416, "ErrorInvalidContentRange", "The range is not the next one expected.");
            var start = file.Position;
            await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            if (file.Position - start != Number(range, 2) - Number(range, 1) + 1 || file.Position > upload.Size)
            {
                file.SetLength(start);
                throw new GraphException(416, "ErrorInvalidContentRange", "The body is not as long as the range says.");
            }
            if (file.Position < upload.Size)
                return Next(file.Position, store);
        }
        finally
        {
            access.Release();
        }
        return await FinishAsync(http, session, store);
    }

    private async Task<IResult> FinishAsync(HttpContext http, string session, MailStore store)
    {
        var upload = Find(session);
        var bytes = await File.ReadAllBytesAsync(upload.Path, http.RequestAborted);
        var attachment = DraftBody.Attachment(
            upload.Item.Text("name") ?? "attachment", upload.Item.Text("contentType"), bytes, upload.Item.Truth("isInline") ?? false,
            upload.Item.Text("contentId"));
        var added = AttachmentEndpoints.Add(upload.Request, store, upload.MessageId, attachment);
        Cancel(session);
        var user = Uri.EscapeDataString(upload.Request.Mailbox);
        http.Response.Headers.Location =
            $"{upload.Request.Root}/users/{user}/messages/{upload.MessageId}/attachments/{added["id"]}";
        return Results.StatusCode(201);
    }

    private IResult Cancel(string session)
    {
        var upload = Find(session);
        lock (uploads)
            uploads.Remove(session);
        File.Delete(upload.Path);
        return Results.NoContent();
    }

    private Upload Find(string session)
    {
        lock (uploads)
            return uploads.GetValueOrDefault(session)
                ?? throw new GraphException(404, "ErrorItemNotFound", "The upload session is not there any more.");
    }

    private static IResult Next(long position, MailStore store) => Results.Text(
        new JsonObject
        {
            ["expirationDateTime"] = MessageJson.Date(store.Now + Life),
            ["nextExpectedRanges"] = new JsonArray($"{position}-"),
        }.ToJsonString(),
        GraphRequest.JsonType);

    private static long Number(Match range, int group) => long.Parse(range.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^bytes (\d{1,12})-(\d{1,12})/(\d{1,12})$")]
    private static partial Regex ContentRange();
}
