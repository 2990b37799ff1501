using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mailbox;
using Spectrum.PrivacyFlows.Steps.Delivering;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>Every setting of the app, read and checked once, before anything runs.</summary>
internal sealed record AppSettings(
    AppIdentity Identity, CaseStorage Cases, BundleStorage Bundles, MailboxSettings Mailbox, LinkSettings Links, OfficerSettings Officer, DeliverySettings Delivery, TelemetrySettings Telemetry)
{
    /// <param name="systems">Whose connections the settings must hold.</param>
    /// <exception cref="SettingsException">Settings are missing, wrong or contradict one another; it names them all.</exception>
    public static AppSettings From(IConfiguration configuration, IEnumerable<SystemOfRecord> systems) => SettingsReader.Read(configuration, settings =>
    {
        settings.RefuseUnknown();
        foreach (var system in systems)
            settings.RequireConnection(system.Connector.Connection, system.Key);
        var identity = AppIdentity.From(settings);
        var all = new AppSettings(
            identity,
            settings.Part(part => StorageAccount.Cases(part, identity))!,
            settings.Part(part => StorageAccount.Bundles(part, identity))!,
            settings.Part(MailboxSettings.From)!,
            settings.Part(LinkSettings.From)!,
            settings.Part(OfficerOf)!,
            settings.Part(DeliveryOf)!,
            settings.Part(TelemetrySettings.From)!);
        CheckTogether(settings, all);
        return all;
    });

    /// <summary>What is right by itself and wrong beside another. Parts that could not be made are null here.</summary>
    private static void CheckTogether(SettingsReader settings, AppSettings all)
    {
        const string loop = "is the mailbox’s own address: letters to it would come back as requests.";
        if (all is { Mailbox: { } mailbox, Officer: { } officer })
        {
            settings.Require(officer.Address != mailbox.Address, "Officer__Address", loop);
            settings.Require(officer.EscalationAddress != mailbox.Address, "Officer__EscalationAddress", loop);
        }
        if (all is { Mailbox.IsLocal: true, Links.BaseUrl.IsLoopback: false })
            settings.Wrong("Mailbox__GraphBaseUrl", "is the mailbox of this machine, and Site__BaseUrl is not: no mail would come or go.");
    }

    private static OfficerSettings OfficerOf(SettingsReader settings)
    {
        var (officer, escalation) = (settings.Part(part => part.Address("Officer__Address")), settings.Part(part => part.Address("Officer__EscalationAddress")));
        return officer is null || escalation is null ? throw SettingsReader.Incomplete : new OfficerSettings(officer, escalation);
    }

    private static DeliverySettings DeliveryOf(SettingsReader settings) =>
        new(settings.Number("Delivery__LinkDays", 7, 1, 30), settings.Number("Delivery__MaxDownloads", 5, 1, 20));
}
