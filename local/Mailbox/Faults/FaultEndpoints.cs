using LocalMailbox.Graph;
using LocalMailbox.Notifications;

namespace LocalMailbox.Faults;

/// <summary><c>/local/faults</c>: POST adds one, GET lists those still to come, DELETE heals.</summary>
internal static class FaultEndpoints
{
    private static readonly string[] LifecycleEvents = ["reauthorizationRequired", "subscriptionRemoved", "missed"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/local/faults", AddAsync);
        routes.MapGet("/local/faults", (FaultList faults) => Results.Json(faults.All()));
        routes.MapDelete("/local/faults", (FaultList faults) =>
        {
            faults.Clear();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> AddAsync(HttpContext http, FaultList faults, Notifier notifier)
    {
        try
        {
            var body = await GraphRequest.ReadJsonAsync(http);
            if (body.Text("lifecycle") is { } lifecycle)
                return LifecycleEvents.Contains(lifecycle)
                    ? Results.Json(new { told = notifier.TellLifecycle(lifecycle) }, statusCode: 202)
                    : Refused($"lifecycle is one of {string.Join(", ", LifecycleEvents)}.");
            var fault = new Fault(
                body.Text("path"), body["count"]?.GetValue<int>() ?? 1, body["kind"]?.ToString() ?? "",
                body["retryAfterSeconds"]?.GetValue<int>());
            if (!Fault.OfCalls.Contains(fault.Kind) && !Fault.OfNotifications.Contains(fault.Kind))
                return Refused($"kind is one of {string.Join(", ", [.. Fault.OfCalls, .. Fault.OfNotifications])}.");
            if (fault.Count < 1 || fault.RetryAfterSeconds < 0)
                return Refused("count is at least 1, retryAfterSeconds at least 0.");
            faults.Add(fault);
            return Results.NoContent();
        }
        catch (Exception error) when (error is GraphException or FormatException or InvalidOperationException)
        {
            return Refused("""Send JSON such as {"path": "sendMail", "count": 2, "kind": "429", "retryAfterSeconds": 1}.""");
        }
    }

    private static IResult Refused(string why) => Results.Text(why, statusCode: 400);
}
