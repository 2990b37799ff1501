using System.Globalization;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Mailbox;

/// <summary>Where mail comes in and goes out.</summary>
public sealed record MailboxSettings
{
    /// <summary>The mailbox that requests are sent to and answered from. Setting <c>Mailbox__Address</c>.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>The name that letters come from, 1 to 100 characters. Setting <c>Mailbox__Name</c>.</summary>
    public string Name { get; init; } = "Spectrum Data Privacy";

    /// <summary>Microsoft Graph, or the mailbox emulator on loopback. Setting <c>Mailbox__GraphBaseUrl</c>.</summary>
    public Uri GraphBaseUrl { get; init; } = new("https://graph.microsoft.com/v1.0");

    /// <summary>A secret that Graph repeats with every notification, 32 to 128 characters. Setting <c>Mailbox__ClientState</c>.</summary>
    public required string ClientState { get; init; }

    /// <summary>Where Graph sends notifications; follows from <c>Site__BaseUrl</c>.</summary>
    public required Uri NotificationUrl { get; init; }

    /// <summary>How long one request to Graph may take, 1 to 600 seconds. Setting <c>Mailbox__RequestTimeoutSeconds</c>.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Mail that arrived before this moment is left alone, so that going live on a mailbox that is in use opens no case for its past.
    /// Null takes everything that is in the inbox. Setting <c>Mailbox__Since</c>, an ISO 8601 moment such as <c>2026-12-01T00:00:00Z</c>.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How often a request that Graph was too busy for (429, 503, 504) is made again, 0 to 10.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>True for the emulator, which needs no token.</summary>
    public bool IsLocal => GraphBaseUrl is { IsLoopback: true, Scheme: "http" };

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static MailboxSettings From(IConfiguration configuration)
    {
        var settings = new MailboxSettings
        {
            Address = AddressIn(configuration, "Mailbox:Address"),
            Name = configuration["Mailbox:Name"] ?? "Spectrum Data Privacy",
            GraphBaseUrl = Url(configuration["Mailbox:GraphBaseUrl"] ?? "https://graph.microsoft.com/v1.0", "Mailbox:GraphBaseUrl"),
            ClientState = configuration["Mailbox:ClientState"] ?? "",
            NotificationUrl = Url(configuration["Site:BaseUrl"]?.TrimEnd('/') + "/api/mail/notifications", "Site:BaseUrl"),
            Since = Moment(configuration["Mailbox:Since"]),
            RequestTimeout = TimeSpan.FromSeconds(Seconds(configuration["Mailbox:RequestTimeoutSeconds"])),
        };
        Require(settings.ClientState.Length is >= 32 and <= 128, "Mailbox:ClientState", "must be a secret of 32 to 128 characters");
        Require(settings.Name.Length is >= 1 and <= 100 && !settings.Name.Any(char.IsControl), "Mailbox:Name", "must be a name of 1 to 100 characters");
        Require(settings.IsLocal || settings.GraphBaseUrl.Scheme == "https", "Mailbox:GraphBaseUrl", "must be https, as mail and tokens go there");
        return settings;
    }

    private static EmailAddress AddressIn(IConfiguration configuration, string key)
    {
        Require(EmailAddress.TryParse(configuration[key], out var address), key, "must be an email address");
        return address!;
    }

    private static Uri Url(string text, string key)
    {
        Require(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", key, "must be an absolute http or https address");
        return url!;
    }

    private static DateTimeOffset? Moment(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        Require(DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment), "Mailbox:Since", "must be a moment such as 2026-12-01T00:00:00Z");
        return moment;
    }

    private static int Seconds(string? text)
    {
        var isNumber = int.TryParse(text ?? "100", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        Require(isNumber && seconds is >= 1 and <= 600, "Mailbox:RequestTimeoutSeconds", "must be a whole number from 1 to 600");
        return seconds;
    }

    private static void Require(bool holds, string key, string rule)
    {
        if (!holds)
            throw new SettingsException(key.Replace(":", "__", StringComparison.Ordinal), rule);
    }
}
