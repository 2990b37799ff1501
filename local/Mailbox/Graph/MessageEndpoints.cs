using System.Globalization;
using System.Text.Json.Nodes;
using LocalMailbox.Drafts;
using LocalMailbox.Mail;
using LocalMailbox.Store;

namespace LocalMailbox.Graph;

/// <summary>Lists, reads, marks, moves and deletes messages.</summary>
internal static class MessageEndpoints
{
    private const int DefaultPage = 10;
    private const int MaxPage = 1_000;

    public static void Map(IEndpointRouteBuilder user)
    {
        user.MapGet("/messages", (GraphRequest request, MailStore store) => List(request, store, null));
        user.MapGet(
            "/mailFolders/{folder}/messages",
            (GraphRequest request, string folder, MailStore store) => List(request, store, request.RequireFolder(folder)));
        foreach (var messages in new[] { user.MapGroup("/messages"), user.MapGroup("/mailFolders/{folder}/messages") })
        {
            messages.MapGet(
                "/{id}",
                (GraphRequest request, string id, MailStore store) => request.Json(One(request, store, request.Require(store, id))));
            messages.MapGet(
                "/{id}/$value",
                (GraphRequest request, string id, MailStore store) => Results.Bytes(store.Mime(request.Require(store, id)), "text/plain"));
            messages.MapDelete("/{id}", Delete);
            messages.MapPost("/{id}/move", MoveAsync);
            messages.MapPatch("/{id}", PatchAsync);
        }
    }

    public static JsonObject One(GraphRequest request, MailStore store, StoredMessage message)
    {
        MessageJson.CheckSelect(request);
        var json = MessageJson.Of(message, request, store);
        json.Insert(0, "@odata.context", $"{request.Root}/$metadata#users('{Uri.EscapeDataString(request.Mailbox)}')/messages/$entity");
        return json;
    }

    private static IResult List(GraphRequest request, MailStore store, MailFolder? folder)
    {
        MessageJson.CheckSelect(request);
        var query = request.Http.Request.Query;
        if (query.ContainsKey("$search"))
            throw GraphException.BadRequest("ErrorInvalidUrlQuery", "The local mailbox has no $search.");
        var top = Number(query["$top"].ToString(), DefaultPage, 1, MaxPage);
        var skip = Number(query["$skip"].ToString(), 0, 0, int.MaxValue);
        var filter = ODataFilter.Parse(query["$filter"].ToString());
        var wanted = new MessageQuery(
            request.Mailbox, folder, filter.Where, filter.Parameters, ODataFilter.Order(query["$orderby"].ToString()));
        var found = store.List(wanted, skip, top + 1);
        var json = new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#users('{Uri.EscapeDataString(request.Mailbox)}')/messages",
        };
        if (query["$count"] == "true")
            json["@odata.count"] = store.Count(wanted);
        json["value"] = new JsonArray([.. found.Take(top).Select(message => MessageJson.Of(message, request, store))]);
        if (found.Count > top)
            json["@odata.nextLink"] = NextLink(request, skip + top);
        return request.Json(json);
    }

    private static string NextLink(GraphRequest request, int skip)
    {
        var kept = request.Http.Request.Query.Where(pair => pair.Key != "$skip")
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}");
        return $"{request.Address}?{string.Join('&', [.. kept, $"$skip={skip}"])}";
    }

    private static int Number(string given, int otherwise, int least, int most)
    {
        if (given.Length == 0)
            return otherwise;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw GraphException.BadRequest("ErrorInvalidUrlQuery", $"A number from {least} to {most} is wanted.");
    }

    private static IResult Delete(GraphRequest request, string id, MailStore store)
    {
        store.Delete(request.Require(store, id));
        return Results.NoContent();
    }

    private static async Task<IResult> MoveAsync(GraphRequest request, string id, MailStore store)
    {
        var message = request.Require(store, id);
        var destination = (await request.ReadJsonAsync()).Text("destinationId")
            ?? throw GraphException.Invalid("destinationId is missing.");
        return request.Json(One(request, store, store.Move(message, request.RequireFolder(destination))), 201);
    }

    private static async Task<IResult> PatchAsync(GraphRequest request, string id, MailStore store)
    {
        var message = request.Require(store, id);
        var patch = await request.ReadJsonAsync();
        if (!message.IsDraft && DraftEdit.IsForDraftsOnly(patch))
            throw GraphException.BadRequest("ErrorInvalidPropertySet", "The property can be set only on a draft.");
        if (!message.IsDraft || !DraftEdit.TouchesContent(patch))
            return request.Json(One(request, store, store.Update(message, MarksOf.Json(patch))));
        var updated = store.Update(message, MarksOf.Json(patch), present =>
        {
            var mime = MailReader.Load(present);
            DraftEdit.Apply(mime, patch, request.Mailbox, isNew: false);
            return MailReader.Read(MimeBytes.Of(mime), store.Now);
        });
        return request.Json(One(request, store, updated));
    }
}
