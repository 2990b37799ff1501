using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spectrum.PrivacyFlows.Audit;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.Deadlines;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mailbox;
using Spectrum.PrivacyFlows.Settings;
using Spectrum.PrivacyFlows.Steps.Answering;
using Spectrum.PrivacyFlows.Steps.Collecting;
using Spectrum.PrivacyFlows.Steps.Deciding;
using Spectrum.PrivacyFlows.Steps.Delivering;

namespace Spectrum.PrivacyFlows;

/// <summary>What the app is made of.</summary>
public static class Composition
{
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static IServiceCollection AddPrivacyFlows(this IServiceCollection services, IConfiguration configuration)
    {
        // The real clock is named here and nowhere else; the local runtime brings its own, which can be moved.
        services.TryAddSingleton(TimeProvider.System);
        return services.AddStorage(configuration).AddCases().AddMailbox(MailboxSettings.From(configuration))
            .AddConnectors().AddBundles().AddSteps(configuration);
    }

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(new CaseStorage(StorageAccount.Blobs(configuration, "CaseStorage"), StorageAccount.Tables(configuration, "CaseStorage")))
        .AddSingleton(new BundleStorage(StorageAccount.Blobs(configuration, "BundleStorage")));

    private static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseStore>()
        .AddSingleton<CaseFiles>()
        .AddSingleton<CaseNumbers>()
        .AddSingleton<CaseAnswers>()
        .AddSingleton<CaseRecord>()
        .AddSingleton<DeadlineCalculator>();

    private static IServiceCollection AddSteps(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(LinkSettings.From(configuration))
        .AddSingleton(AppSettings.Officer(configuration))
        .AddSingleton(AppSettings.Delivery(configuration))
        .AddSingleton<CaseLinks>()
        .AddSingleton<DownloadCodes>()
        .AddSingleton<Downloads>()
        .AddSingleton<OfficerDesk>()
        .AddSingleton<AnswerDesk>()
        .AddSingleton<PageGuard>()
        .AddSingleton<Timeline>()
        .AddSingleton<RoundStore>()
        .AddSingleton<CurrentRound>()
        .AddSingleton<DecisionLinks>()
        .AddSingleton<DecisionPages>()
        .AddSingleton<ReviewSummary>()
        .AddSingleton<BundleFile>();
}
