using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Carried;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Intake.Replies;

namespace Spectrum.PrivacyFlows.Intake;

/// <summary>What taking mail in needs beside Mail itself.</summary>
public static class IntakeServices
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<RequestText>()
        .AddSingleton<Inbox>()
        .AddSingleton<MailHealth>()
        .AddSingleton<MimeArchive>()
        .AddSingleton<IntakeLog>()
        .AddSingleton<Correspondence>()
        .AddSingleton<DeliveryReports>()
        .AddSingleton<HeldMail>()
        .AddSingleton<FloodAlarm>()
        .AddSingleton<HeldAlert>()
        .AddSingleton<CarriedRequests>()
        .AddSingleton<Admission>()
        .AddSingleton<MailIntake>()
        .AddSingleton<InboxSweep>()
        .AddSingleton<IMailReceiver, MailReceiver>();
}
