using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalMailbox.Mail;
using LocalMailbox.Store;

namespace LocalMailbox.Graph;

/// <summary>What changed in a folder since a token. The token says how far its holder has read, and with which options it began.</summary>
internal static class DeltaEndpoints
{
    private const int DefaultPage = 10;

    private sealed record Token(
        string Store, string Mailbox, MailFolder Folder, long After, long RemovedAfter, string? Select, string? Filter);

    public static void Map(IEndpointRouteBuilder user)
    {
        foreach (var name in new[] { "delta", "delta()" })
        {
            user.MapGet($"/mailFolders/{{folder}}/messages/{name}", Delta);
            user.MapGet($"/messages/{name}", IResult () => throw GraphException.BadRequest(
                "ErrorInvalidRequest", "Change tracking is not supported against 'microsoft.graph.message': ask for it on a folder."));
        }
    }

    private static IResult Delta(GraphRequest request, string folder, MailStore store)
    {
        var token = TokenOf(request, request.RequireFolder(folder), store);
        var filter = ODataFilter.Parse(token.Filter ?? "");
        var query = new MessageQuery(request.Mailbox, token.Folder, filter.Where, filter.Parameters, "");
        var top = PageSize(request);
        var changes = store.Changes(query, token.After, token.RemovedAfter, top + 1);
        var page = changes.Take(top).ToList();
        var shown = request.WithSelect(token.Select);
        MessageJson.CheckSelect(shown);
        var next = token with { After = page.Count > 0 ? page[^1].Number : token.After };
        var json = new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#Collection(message)",
            ["value"] = new JsonArray([.. page.Select(change => Item(change, shown, store))]),
        };
        if (changes.Count > top)
            json["@odata.nextLink"] = $"{request.Address}?$skiptoken={Encode(next)}";
        else
            json["@odata.deltaLink"] = $"{request.Address}?$deltatoken={Encode(next with { RemovedAfter = 0 })}";
        return request.Json(json);
    }

    private static JsonObject Item(FolderChange change, GraphRequest request, MailStore store)
    {
        if (change.Message is { } message)
        {
            var json = MessageJson.Of(message, request, store);
            json.Insert(0, "@odata.type", "#microsoft.graph.message");
            return json;
        }
        return new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.message",
            ["id"] = request.ImmutableIds ? change.ImmutableId : change.PlaceId,
            ["@removed"] = new JsonObject { ["reason"] = change.Reason },
        };
    }

    private static int PageSize(GraphRequest request)
    {
        var top = request.Http.Request.Query["$top"].ToString();
        return request.MaxPageSize ?? (int.TryParse(top, out var number) && number is > 0 and <= 1_000 ? number : DefaultPage);
    }

    private static Token TokenOf(GraphRequest request, MailFolder folder, MailStore store)
    {
        var query = request.Http.Request.Query;
        var given = query["$skiptoken"].ToString() is { Length: > 0 } skip ? skip : query["$deltatoken"].ToString();
        if (given.Length == 0)
            return Start(request, folder, store);
        var token = Decode(given);
        if (token.Store != store.Id)
            throw new GraphException(
                410, "syncStateNotFound", "The sync state generation is not found; continuation requires a full synchronisation.");
        return token.Mailbox == request.Mailbox && token.Folder == folder ? token : throw Malformed();
    }

    private static Token Start(GraphRequest request, MailFolder folder, MailStore store)
    {
        var query = request.Http.Request.Query;
        var order = query["$orderby"].ToString();
        if (query.ContainsKey("changeType")
                || (order.Length > 0 && !order.StartsWith("receivedDateTime", StringComparison.OrdinalIgnoreCase)))
            throw GraphException.BadRequest("ErrorInvalidUrlQuery", "The local mailbox's delta knows neither changeType nor this order.");
        // Who starts now has not seen what left before now.
        return new Token(store.Id, request.Mailbox, folder, 0, store.LastChange(), query["$select"], query["$filter"]);
    }

    private static string Encode(Token token) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(token));

    private static Token Decode(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Token>(Base64Url.DecodeFromChars(token)) ?? throw Malformed();
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw Malformed();
        }
    }

    private static GraphException Malformed() => GraphException.BadRequest("ErrorInvalidUrlQuery", "Badly formed token.");
}
