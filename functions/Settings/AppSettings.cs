using System.Globalization;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mailbox;
using Spectrum.PrivacyFlows.Steps.Delivering;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>Reads the settings that belong to no other folder. A missing or wrong one stops the start and is named; its value is not repeated.</summary>
internal static class AppSettings
{
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static OfficerSettings Officer(IConfiguration configuration) =>
        new(Address(configuration, "Officer:Address"), Address(configuration, "Officer:EscalationAddress"));

    /// <exception cref="SettingsException">A setting is out of its range.</exception>
    public static DeliverySettings Delivery(IConfiguration configuration) =>
        new(Number(configuration, "Delivery:LinkDays", 7, 1, 30), Number(configuration, "Delivery:MaxDownloads", 5, 1, 20));

    private static EmailAddress Address(IConfiguration configuration, string key) =>
        EmailAddress.TryParse(configuration[key], out var address) ? address : throw new SettingsException(key, "must be an email address");

    private static int Number(IConfiguration configuration, string key, int usual, int least, int most)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return usual;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number >= least && number <= most ? number : throw new SettingsException(key, $"must be a whole number from {least} to {most}");
    }
}
