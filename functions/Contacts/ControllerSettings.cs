using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Contacts;

/// <summary>
/// The controller: who answers requests (policy, sections 6 and 9). Settings <c>Controller__*</c>; the defaults are the policy's.
/// </summary>
public sealed record ControllerSettings
{
    /// <summary>What people call it. 1 to 80 characters.</summary>
    public string Name { get; init; } = "Spectrum";

    /// <summary>What the register of companies calls it. 1 to 100 characters.</summary>
    public string LegalName { get; init; } = "IT@Spectrum Ltd";

    /// <summary>Whom to write to there. 1 to 100 characters.</summary>
    public string ContactTitle { get; init; } = "Data Control Officer";

    /// <summary>In one line with commas. 1 to 200 characters.</summary>
    public string PostalAddress { get; init; } = "The View, Bridgehead Business Park, Hull, HU13 0GD";

    /// <summary>Where to write to; without a setting it is the mailbox, so that nobody writes to another company's.</summary>
    public string Email { get; init; } = "dataprivacy@spectrum.tech";

    /// <summary>Whom and where to write to by post.</summary>
    public string PostalContact => $"{ContactTitle}, {PostalAddress}";

    /// <summary>The postal address up to its last space, and what follows it: a postcode is not broken over two lines.</summary>
    public string PostalAddressStart => PostalAddress[..Math.Max(0, PostalAddress.LastIndexOf(' '))];

    /// <inheritdoc cref="PostalAddressStart"/>
    public string PostalAddressEnd => PostalAddress[(PostalAddress.LastIndexOf(' ') + 1)..];

    internal static ControllerSettings From(SettingsReader settings)
    {
        var usual = new ControllerSettings();
        return new ControllerSettings
        {
            Name = settings.Line("Controller__Name", usual.Name, 80),
            LegalName = settings.Line("Controller__LegalName", usual.LegalName, 100),
            ContactTitle = settings.Line("Controller__ContactTitle", usual.ContactTitle, 100),
            PostalAddress = settings.Line("Controller__PostalAddress", usual.PostalAddress, 200).Trim(),
            Email = settings.Text("Controller__Email") is null
                ? settings.Text("Mailbox__Address") ?? usual.Email // Where that is missing or wrong, the mailbox's own settings say so.
                : settings.Address("Controller__Email").Value,
        };
    }
}
