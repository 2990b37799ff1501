using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Person.Delivery;

/// <param name="LinkDays">Setting <c>Delivery__LinkDays</c>: days that a link works, 1 to 30, default 7.</param>
/// <param name="MaxDownloads">
/// Setting <c>Delivery__MaxDownloads</c>: how often the file may be fetched from its start, 1 to 20, default 5.
/// </param>
public sealed record DeliverySettings(int LinkDays, int MaxDownloads)
{
    internal static DeliverySettings From(SettingsReader settings) =>
        new(settings.Number("Delivery__LinkDays", 7, 1, 30), settings.Number("Delivery__MaxDownloads", 5, 1, 20));
}
