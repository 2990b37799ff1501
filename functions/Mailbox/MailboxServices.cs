using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Letters;
using Spectrum.PrivacyFlows.Mailbox.Intake;
using Spectrum.PrivacyFlows.Mailbox.Sending;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Mailbox;

/// <summary>What mail needs. It uses the services of Cases and Audit, <see cref="MailboxSettings"/>, <see cref="OfficerSettings"/>, the
/// <see cref="Contacts.ContactDetails"/> and a <see cref="TimeProvider"/>, which are registered elsewhere.</summary>
public static class MailboxServices
{
    public static IServiceCollection AddMailbox(this IServiceCollection services)
    {
        services.AddSingleton(provider => GraphConnection.Open(provider.GetRequiredService<MailboxSettings>(), provider.GetService<AppIdentity>()));
        services.AddSingleton<Drafts>();
        services.AddSingleton<LetterLog>();
        services.AddSingleton<Threads>();
        services.AddSingleton<IOutbox, Outbox>();
        services.TryAddSingleton<OfficerDesk>();
        services.TryAddSingleton<LetterRenderer>();
        services.TryAddSingleton<RequestText>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<MailboxState>();
        services.AddSingleton<MailHealth>();
        services.AddSingleton<MailSubscription>();
        services.AddSingleton<MimeArchive>();
        services.AddSingleton<IntakeLog>();
        services.AddSingleton<Correspondence>();
        services.AddSingleton<MailIntake>();
        services.AddSingleton<InboxSweep>();
        services.AddSingleton<IMailReceiver, MailReceiver>();
        return services;
    }
}
