using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Mail.Sending;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>What mail needs. It uses the services of Cases and Evidence, <see cref="MailSettings"/>, <see cref="OfficerSettings"/>,
/// <see cref="BudgetSettings"/>, <see cref="Links.LinkSettings"/>, the
/// <see cref="Contacts.ContactDetails"/> and a <see cref="TimeProvider"/>, which are registered elsewhere.</summary>
public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
            GraphConnection.Open(provider.GetRequiredService<MailSettings>(), provider.GetService<AppIdentity>()));
        services.AddSingleton<MailBudgets>();
        services.AddSingleton<Senders>();
        services.AddSingleton(provider =>
            new MailUpkeep(provider.GetRequiredService<MailBudgets>(), provider.GetRequiredService<Senders>()));
        services.AddSingleton<Drafts>();
        services.AddSingleton<LetterLog>();
        services.AddSingleton<KeptLetters>();
        services.AddSingleton<IDraftSweep, LeftDrafts>();
        services.AddSingleton<Threads>();
        services.AddSingleton<IOutbox, Outbox>();
        services.TryAddSingleton<OfficerMail>();
        services.TryAddSingleton<LetterRenderer>();
        services.AddSingleton<MailboxState>();
        services.AddSingleton<MailSubscription>();
        return services;
    }
}
