using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Spectrum.PrivacyFlows.Steps.Receiving;

/// <summary>What Graph posts: change notifications and lifecycle events, at most 1 MB of them.</summary>
internal static class NotificationBody
{
    private const int MaxBytes = 1 << 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 16 };

    /// <returns>Null where the body is not what Graph posts.</returns>
    public static async Task<IReadOnlyList<Notification>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
        if (length > MaxBytes)
            return null;
        try
        {
            var posted = JsonSerializer.Deserialize<Posted>(body.AsSpan(0, length), Json);
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
    public bool IsSignedWith(string clientState) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ClientState ?? ""), Encoding.UTF8.GetBytes(clientState));
}
