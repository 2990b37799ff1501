using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LocalMailbox.Graph;

namespace LocalMailbox.Notifications;

/// <summary>Speaks to subscribers over HTTP: the handshake, then notifications, tried again when they are not taken.</summary>
internal sealed class NotificationSender(HttpClient http)
{
    private const int Tries = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="GraphException">The endpoint did not give the token back within ten seconds.</exception>
    public async Task ValidateAsync(Uri endpoint, CancellationToken cancellation)
    {
        var token = $"Validation: Testing client application reachability for subscription Request-Id: {Guid.NewGuid()}";
        var address = endpoint.OriginalString + (endpoint.Query.Length > 0 ? '&' : '?') + "validationToken=" + Uri.EscapeDataString(token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var content = new StringContent("", Encoding.UTF8, "text/plain");
            using var answer = await http.PostAsync(new Uri(address), content, limit.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw Failed($"Notification endpoint must respond with 200 OK to validation request, not {(int)answer.StatusCode}.");
            if (answer.Content.Headers.ContentType?.MediaType != "text/plain"
                    || await answer.Content.ReadAsStringAsync(limit.Token) != token)
                throw Failed("Notification endpoint must respond with the validation token as text/plain.");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            throw Failed("The notification endpoint did not answer the validation request within 10 seconds.");
        }
    }

    /// <summary>Posts until it is taken: five times within about fifteen seconds.</summary>
    public async Task PostAsync(Uri endpoint, JsonObject notification, CancellationToken cancellation)
    {
        var text = new JsonObject { ["value"] = new JsonArray(notification) }.ToJsonString();
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            if (await IsTakenAsync(endpoint, text, cancellation) || attempt == Tries)
                return;
            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), cancellation);
        }
    }

    private async Task<bool> IsTakenAsync(Uri endpoint, string text, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var content = new StringContent(text, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(endpoint, content, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static GraphException Failed(string message) =>
        GraphException.BadRequest("ValidationError", $"Subscription validation request failed. {message}");
}
