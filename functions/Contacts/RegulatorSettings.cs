using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Contacts;

/// <summary>
/// Who watches over the controller, and takes complaints (T12). Settings <c>Regulator__*</c>; the defaults are the United Kingdom's.
/// </summary>
public sealed record RegulatorSettings
{
    /// <summary>Its name, to stand after "the". 1 to 100 characters.</summary>
    public string Name { get; init; } = "Information Commission";

    /// <summary>What people call it, to stand after "the". 1 to 100 characters.</summary>
    public string ShortName { get; init; } = "ICO";

    /// <summary>Its site: an https address.</summary>
    public string Site { get; init; } = "https://ico.org.uk";

    /// <summary>Where to complain to it: an https address.</summary>
    public string ComplaintUrl { get; init; } = "https://ico.org.uk/make-a-complaint";

    /// <summary>As people dial it. 1 to 30 characters.</summary>
    public string Telephone { get; init; } = "0303 123 1113";

    /// <summary>As people read it.</summary>
    public string SiteInWords => InWords(Site);

    /// <inheritdoc cref="SiteInWords"/>
    public string ComplaintUrlInWords => InWords(ComplaintUrl);

    internal static RegulatorSettings From(SettingsReader settings)
    {
        var usual = new RegulatorSettings();
        return new RegulatorSettings
        {
            Name = settings.Line("Regulator__Name", usual.Name, 100),
            ShortName = settings.Line("Regulator__ShortName", usual.ShortName, 100),
            Site = Address(settings, "Regulator__Site", usual.Site),
            ComplaintUrl = Address(settings, "Regulator__ComplaintUrl", usual.ComplaintUrl),
            Telephone = settings.Line("Regulator__Telephone", usual.Telephone, 30),
        };
    }

    private static string Address(SettingsReader settings, string name, string usual)
    {
        var text = settings.Line(name, usual, 200);
        var isRight = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "https" && url.UserInfo.Length == 0;
        settings.Require(isRight && !text.Any(char.IsWhiteSpace), name, "must be an https address.");
        return text;
    }

    private static string InWords(string address) => address.Replace("https://", "", StringComparison.OrdinalIgnoreCase).TrimEnd('/');
}
