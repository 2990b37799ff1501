using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalMailbox.Graph;
using LocalMailbox.Mail;

namespace LocalMailbox.Notifications;

/// <summary>Makes, renews, shows and ends subscriptions.</summary>
internal static partial class SubscriptionEndpoints
{
    /// <summary>How long a subscription on messages lives at most.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromMinutes(10_080);

    private static readonly string[] ChangeTypes = ["created", "updated", "deleted"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1.0/subscriptions", CreateAsync);
        routes.MapGet("/v1.0/subscriptions", List);
        routes.MapGet(
            "/v1.0/subscriptions/{id}", (HttpContext http, string id, SubscriptionStore store) => Answer(http, Require(store, id), 200));
        routes.MapPatch("/v1.0/subscriptions/{id}", RenewAsync);
        routes.MapDelete("/v1.0/subscriptions/{id}", (string id, SubscriptionStore store) =>
        {
            store.Delete(Require(store, id).Id);
            return Results.NoContent();
        });
    }

    private static async Task<IResult> CreateAsync(HttpContext http, SubscriptionStore store, NotificationSender sender, TimeProvider clock)
    {
        var body = await GraphRequest.ReadJsonAsync(http);
        var resource = body.Text("resource") ?? throw Refused("resource is missing.");
        var (mailbox, folder) = Target(resource);
        var subscription = new Subscription(
            Guid.NewGuid().ToString(),
            resource,
            mailbox,
            folder,
            Kinds(body.Text("changeType")),
            Endpoint(body.Text("notificationUrl") ?? throw Refused("notificationUrl is missing.")),
            body.Text("lifecycleNotificationUrl") is { } lifecycle ? Endpoint(lifecycle) : null,
            body.Text("clientState"),
            Expiry(body, clock),
            GraphRequest.PrefersImmutableIds(http));
        if (subscription.ClientState?.Length > 128)
            throw Refused("clientState has at most 128 characters.");
        await sender.ValidateAsync(subscription.NotificationUrl, http.RequestAborted);
        if (subscription.LifecycleUrl is { } url && url != subscription.NotificationUrl)
            await sender.ValidateAsync(url, http.RequestAborted);
        store.Save(subscription);
        return Answer(http, subscription, 201);
    }

    private static async Task<IResult> RenewAsync(HttpContext http, string id, SubscriptionStore store, TimeProvider clock)
    {
        var body = await GraphRequest.ReadJsonAsync(http);
        var renewed = Require(store, id) with { Expires = Expiry(body, clock) };
        if (body.Text("notificationUrl") is { } url)
            renewed = renewed with { NotificationUrl = Endpoint(url) };
        store.Save(renewed);
        return Answer(http, renewed, 200);
    }

    private static IResult List(HttpContext http, SubscriptionStore store) => Text(new JsonObject
    {
        ["@odata.context"] = $"{Root(http)}/$metadata#subscriptions",
        ["value"] = new JsonArray([.. store.All().Select(Json)]),
    }, 200);

    private static Subscription Require(SubscriptionStore store, string id) =>
        store.Find(id) ?? throw new GraphException(404, "ResourceNotFound", "The object was not found.");

    private static IResult Answer(HttpContext http, Subscription subscription, int status)
    {
        var json = Json(subscription);
        json.Insert(0, "@odata.context", $"{Root(http)}/$metadata#subscriptions/$entity");
        return Text(json, status);
    }

    private static JsonObject Json(Subscription subscription) => new()
    {
        ["id"] = subscription.Id,
        ["resource"] = subscription.Resource,
        ["applicationId"] = "00000000-0000-0000-0000-000000000000",
        ["changeType"] = string.Join(',', subscription.ChangeTypes),
        ["clientState"] = subscription.ClientState,
        ["notificationUrl"] = subscription.NotificationUrl.OriginalString,
        ["lifecycleNotificationUrl"] = subscription.LifecycleUrl?.OriginalString,
        ["expirationDateTime"] = MessageJson.Date(subscription.Expires),
        ["creatorId"] = "00000000-0000-0000-0000-000000000000",
    };

    private static IResult Text(JsonNode json, int status) => Results.Text(json.ToJsonString(), GraphRequest.JsonType, statusCode: status);

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}/v1.0";

    private static DateTimeOffset Expiry(JsonObject body, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (!DateTimeOffset.TryParse(
            body.Text("expirationDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
            throw Refused("expirationDateTime is missing or not a date.");
        if (expires <= now)
            throw Refused("Subscription expiration must be in the future.");
        // Graph allows for the time that the request was on its way.
        if (expires > now + MaxLife + TimeSpan.FromMinutes(1))
            throw Refused("Subscription expiration can only be 10080 minutes in the future.");
        return expires.ToUniversalTime();
    }

    private static string[] Kinds(string? changeType)
    {
        var kinds = (changeType ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return kinds.Length > 0 && kinds.All(ChangeTypes.Contains) ? kinds : throw Refused("changeType is of created, updated, deleted.");
    }

    /// <summary>This server calls nothing but this machine.</summary>
    private static Uri Endpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.Scheme is "http" or "https"
        && (parsed.IsLoopback || (IPAddress.TryParse(parsed.Host, out var address) && IPAddress.IsLoopback(address)))
            ? parsed
            : throw Refused("The local mailbox notifies addresses on this machine only.");

    private static (string Mailbox, MailFolder? Folder) Target(string resource)
    {
        var match = MessagesResource().Match(Uri.UnescapeDataString(resource));
        if (!match.Success)
            throw Refused("resource must be users/{address}/messages or users/{address}/mailFolders('{folder}')/messages.");
        var mailbox = match.Groups["user"].Value.ToLowerInvariant();
        var folder = match.Groups["folder"];
        if (!folder.Success)
            return (mailbox, null);
        return (mailbox, MailFolders.Find(folder.Value, mailbox) ?? throw Refused("Unknown folder."));
    }

    private static GraphException Refused(string message) => GraphException.BadRequest("ExtensionError", message);

    [GeneratedRegex(
        @"^/?users(?:/|\(')(?<user>[^/']+@[^/']+?)(?:'\))?(?:/mailFolders(?:/|\(')(?<folder>[^/']+?)(?:'\))?)?/messages$",
        RegexOptions.IgnoreCase)]
    private static partial Regex MessagesResource();
}
