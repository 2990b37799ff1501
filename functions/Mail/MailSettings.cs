using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>Where mail comes in and goes out.</summary>
public sealed record MailSettings
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

    internal static MailSettings From(SettingsReader settings)
    {
        var (site, address, graph) = (
            settings.Part(LinkSettings.Site), settings.Part(part => part.Address("Mailbox__Address")), settings.Part(Graph));
        var (since, seconds) = (settings.Moment("Mailbox__Since"), settings.Number("Mailbox__RequestTimeoutSeconds", 100, 1, 600));
        var (name, state) = (NameOf(settings), StateOf(settings, isPublic: site is { IsLoopback: false }));
        settings.Require(graph is not { IsLoopback: true, Scheme: "http" } || site is not { IsLoopback: false }, "Mailbox__GraphBaseUrl",
            "is the mailbox of this machine, and Site__BaseUrl is not: no mail would come or go.");
        return new MailSettings
        {
            Address = address ?? throw SettingsReader.Incomplete,
            Name = name,
            GraphBaseUrl = graph ?? throw SettingsReader.Incomplete,
            ClientState = state,
            NotificationUrl = new Uri((site ?? throw SettingsReader.Incomplete).AbsoluteUri.TrimEnd('/') + "/api/mail/notifications"),
            Since = since,
            RequestTimeout = TimeSpan.FromSeconds(seconds),
        };
    }

    private static Uri Graph(SettingsReader settings)
    {
        const string setting = "Mailbox__GraphBaseUrl";
        if (!Uri.TryCreate(settings.Text(setting) ?? "https://graph.microsoft.com/v1.0", UriKind.Absolute, out var url))
            throw settings.Unusable(setting, "must be an absolute address.");
        settings.Require(
            url is { Scheme: "https" } or { Scheme: "http", IsLoopback: true }, setting, "must be https, as mail and tokens go there.");
        return url;
    }

    private static string NameOf(SettingsReader settings)
    {
        const string setting = "Mailbox__Name";
        // The controller's own settings say so where its name is wrong.
        var controller = settings.Text("Controller__Name") is { Length: <= 80 } text ? text : new ControllerSettings().Name;
        return settings.Text(setting) is null ? $"{controller} Data Privacy" : settings.Line(setting, "", 100);
    }

    private static string StateOf(SettingsReader settings, bool isPublic)
    {
        const string setting = "Mailbox__ClientState";
        var state = settings.Text(setting) ?? "";
        settings.Require(state.Length is >= 32 and <= 128, setting, "must be a secret of 32 to 128 characters.");
        settings.Require(
            !isPublic || !state.StartsWith("local-only-not-a-secret", StringComparison.Ordinal),
            setting,
            "is the sample’s, which everybody knows: make one of your own, for example with: openssl rand -hex 32");
        return state;
    }
}
