using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalMailbox.Mail;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Graph;

/// <summary>A call on one mailbox, with what its headers and query prefer.</summary>
internal sealed partial class GraphRequest
{
    public const string JsonType = "application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8";

    /// <summary>Graph takes no JSON above 4 MB; larger attachments go through an upload session.</summary>
    private const int MaxJson = 4 * 1024 * 1024;

    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    private readonly string prefer;

    private GraphRequest(HttpContext http, string mailbox)
    {
        Http = http;
        Mailbox = mailbox;
        prefer = http.Request.Headers["Prefer"].ToString();
        var select = http.Request.Query["$select"].ToString();
        Select = Names(select);
    }

    public HttpContext Http { get; }

    /// <summary>The mailbox's address in lower case.</summary>
    public string Mailbox { get; }

    /// <summary>The properties asked for, or null for the usual ones.</summary>
    public IReadOnlySet<string>? Select { get; init; }

    public bool ImmutableIds => PrefersImmutableIds(Http);

    /// <summary>Text only where the caller prefers it: Graph's default is HTML.</summary>
    public bool PrefersText => TextPreference().IsMatch(prefer);

    public int? MaxPageSize =>
        PagePreference().Match(prefer) is { Success: true } match
            ? Math.Clamp(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 1, 1_000)
            : null;

    public string Root => $"{Http.Request.Scheme}://{Http.Request.Host}/v1.0";

    public string Address => $"{Http.Request.Scheme}://{Http.Request.Host}{Http.Request.Path.ToUriComponent()}";

    public static ValueTask<GraphRequest?> BindAsync(HttpContext http)
    {
        var user = (string?)http.Request.RouteValues["user"] ?? "";
        if (!MailboxAddress.TryParse(user, out var parsed) || !parsed.Address.Contains('@'))
            throw new GraphException(404, "ErrorInvalidUser", $"The requested user '{user}' is invalid.");
        return ValueTask.FromResult<GraphRequest?>(new GraphRequest(http, parsed.Address.ToLowerInvariant()));
    }

    public GraphRequest WithSelect(string? select) =>
        new(Http, Mailbox) { Select = Names(select) };

    public bool Wants(string property) => Select?.Contains(property) ?? true;

    public StoredMessage Require(MailStore store, string id)
    {
        if (!OpaqueId.IsWellFormed(id))
            throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
        return store.Find(Mailbox, id) ?? throw GraphException.NotFound();
    }

    public MailFolder RequireFolder(string nameOrId) =>
        MailFolders.Find(nameOrId, Mailbox)
        ?? throw (nameOrId.Length < 40
            ? GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.")
            : GraphException.NotFound());

    public string IdOf(StoredMessage message) => ImmutableIds ? message.ImmutableId : message.PlaceId;

    public static bool PrefersImmutableIds(HttpContext http) => ImmutablePreference().IsMatch(http.Request.Headers["Prefer"].ToString());

    public Task<JsonObject> ReadJsonAsync() => ReadJsonAsync(Http);

    public static async Task<JsonObject> ReadJsonAsync(HttpContext http)
    {
        var bytes = await ReadBytesAsync(http, MaxJson);
        try
        {
            return bytes.Length == 0 ? new JsonObject(AnyCase) : JsonNode.Parse(bytes, AnyCase) as JsonObject ?? throw NotAnObject();
        }
        catch (JsonException)
        {
            throw NotAnObject();
        }
    }

    /// <summary>MIME comes as base64 in a text/plain body; null when the body is not that.</summary>
    public async Task<byte[]?> ReadMimeAsync()
    {
        if (Http.Request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != true)
            return null;
        try
        {
            return Convert.FromBase64String(Encoding.ASCII.GetString(await ReadBytesAsync(Http, MaxJson)));
        }
        catch (FormatException)
        {
            throw GraphException.BadRequest("ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }
    }

    public IResult Json(JsonNode body, int status = 200)
    {
        List<string> applied = [];
        if (PrefersText)
            applied.Add("outlook.body-content-type=\"text\"");
        if (ImmutableIds)
            applied.Add("IdType=\"ImmutableId\"");
        if (applied.Count > 0)
            Http.Response.Headers["Preference-Applied"] = string.Join(", ", applied);
        return Results.Text(body.ToJsonString(), JsonType, statusCode: status);
    }

    private static HashSet<string>? Names(string? select) => string.IsNullOrWhiteSpace(select)
        ? null
        : select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static GraphException NotAnObject() =>
        GraphException.BadRequest("RequestBodyRead", "The request's body is not a valid JSON object.");

    private static async Task<byte[]> ReadBytesAsync(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit)
            throw GraphErrors.TooLarge();
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.Length > limit ? throw GraphErrors.TooLarge() : bytes.ToArray();
    }

    [GeneratedRegex("""IdType\s*=\s*"?ImmutableId"?""", RegexOptions.IgnoreCase)]
    private static partial Regex ImmutablePreference();

    [GeneratedRegex("""outlook\.body-content-type\s*=\s*"?text"?""", RegexOptions.IgnoreCase)]
    private static partial Regex TextPreference();

    [GeneratedRegex("""odata\.maxpagesize\s*=\s*(\d{1,6})""", RegexOptions.IgnoreCase)]
    private static partial Regex PagePreference();
}
