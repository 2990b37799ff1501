using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>What Graph posts: change notifications and lifecycle events, at most 1 MB of them.</summary>
internal static class NotificationBody
{
    private const int MaxBytes = 1 << 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 16 };

    /// <returns>Null where the body is not what Graph posts.</returns>
    public static async Task<IReadOnlyList<Notification>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        // As much as was sent and no more: anybody may post here.
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (body.Length + read > MaxBytes)
                return null;
            body.Write(buffer, 0, read);
        }
        try
        {
            var posted = JsonSerializer.Deserialize<Posted>(body.GetBuffer().AsSpan(0, (int)body.Length), Json);
            return posted?.Value is { } value && !value.Contains(null) ? [.. value.OfType<Notification>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Posted(IReadOnlyList<Notification?>? Value);
}

/// <param name="LifecycleEvent">Null for a change notification.</param>
internal sealed record Notification(string? ClientState, string? LifecycleEvent)
{
    /// <summary>Compares in the same time wherever the two differ.</summary>
    public bool IsSignedWith(string clientState) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ClientState ?? ""), Encoding.UTF8.GetBytes(clientState));
}
