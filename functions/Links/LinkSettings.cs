using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// Where links lead and what signs them. Settings <c>Site__BaseUrl</c>, <c>Links__SigningKey</c> and <c>Links__PreviousSigningKey</c>.
/// </summary>
public sealed class LinkSettings
{
    /// <summary>How long a key is at least, in bytes.</summary>
    public const int ShortestKey = 32;

    /// <param name="baseUrl">What letters put before <c>/api/cases/...</c>: absolute, without query or fragment.</param>
    /// <param name="keys">
    /// The key that signs, then one that signed before and is still believed, so that a key can be changed while links are
    /// out; each of 32 bytes or more.
    /// </param>
    /// <exception cref="ArgumentException">The address is not absolute, there is no key, or one is too short.</exception>
    public LinkSettings(Uri baseUrl, params IReadOnlyList<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        if (!baseUrl.IsAbsoluteUri)
            throw new ArgumentException("The address is absolute.", nameof(baseUrl));
        if (keys is not { Count: > 0 } || keys.Any(key => key.Length < ShortestKey))
            throw new ArgumentException($"There is a key, and each is of {ShortestKey} bytes or more.", nameof(keys));
        BaseUrl = baseUrl;
        Keys = keys;
    }

    public Uri BaseUrl { get; }

    internal IReadOnlyList<byte[]> Keys { get; }

    internal static LinkSettings From(SettingsReader settings)
    {
        var site = settings.Part(Site);
        var current = settings.Part(part => Key(part, "Links__SigningKey", site)
            ?? throw part.Unusable("Links__SigningKey", $"is missing: set it to {ShortestKey} or more random bytes in base64."));
        var previous = settings.Part(part => Key(part, "Links__PreviousSigningKey", site));
        if (site is null || current is null)
            throw SettingsReader.Incomplete;
        settings.Require(
            previous is null || !previous.AsSpan().SequenceEqual(current),
            "Links__PreviousSigningKey",
            "is the same as Links__SigningKey: leave it empty until there is another.");
        return previous is null ? new LinkSettings(site, current) : new LinkSettings(site, current, previous);
    }

    /// <summary>Setting <c>Site__BaseUrl</c>.</summary>
    internal static Uri Site(SettingsReader settings)
    {
        const string name = "Site__BaseUrl";
        if (!Uri.TryCreate(settings.Text(name), UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"))
            throw settings.Unusable(name, "must be the address at which people reach the app, such as https://privacy.example.org.");
        if (site.Query.Length > 0 || site.Fragment.Length > 0 || site.UserInfo.Length > 0)
            throw settings.Unusable(name, "must have no query, fragment or user: links are appended to it.");
        if (site.Scheme == "http" && !site.IsLoopback)
            throw settings.Unusable(name, "must be an https address: links open personal data (S1).");
        return site;
    }

    private static byte[]? Key(SettingsReader settings, string name, Uri? site)
    {
        if (settings.Text(name) is not { } text)
            return null;
        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, key, out var length) || length < ShortestKey)
            throw settings.Unusable(name, $"must be {ShortestKey} or more random bytes in base64.");
        if (key.AsSpan().StartsWith("local-only-not-a-secret"u8) && site is { IsLoopback: false })
            throw settings.Unusable(
                name, "is the sample’s key, which everybody knows: make one of your own, for example with: openssl rand -base64 32");
        return key[..length];
    }
}
