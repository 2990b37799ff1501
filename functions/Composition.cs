using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap.Loading;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Officer;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Operations.Backups;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Operations.Verifying;
using Spectrum.PrivacyFlows.Operations.Watching;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Person.Delivery;
using Spectrum.PrivacyFlows.Person.Download;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Settings;
using Spectrum.PrivacyFlows.Tampering;
using Spectrum.PrivacyFlows.Telemetry;
using Spectrum.PrivacyFlows.Telemetry.Host;

namespace Spectrum.PrivacyFlows;

/// <summary>What the app is made of.</summary>
public static class Composition
{
    /// <summary>
    /// Puts the whole app into <paramref name="builder"/>, which holds its settings already. Azure's host and the one in
    /// local/Host both start from here.
    /// </summary>
    /// <exception cref="DataMap.Loading.DataMapException">The data map has mistakes.</exception>
    public static FunctionsApplicationBuilder AddPrivacyFlows(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<FunctionTracing>();
        builder.UseMiddleware<TamperWatch>();
        builder.Services.AddPrivacyFlows(builder.Configuration);
        return builder;
    }

    /// <summary>
    /// Settings that are missing or wrong are told when the host starts: a <see cref="SettingsException"/> names them all.
    /// </summary>
    /// <exception cref="DataMap.Loading.DataMapException">The data map has mistakes.</exception>
    public static IServiceCollection AddPrivacyFlows(this IServiceCollection services, IConfiguration configuration)
    {
        var map = ConnectorServices.ReadDataMap();
        // The real clock is named here and nowhere else; local/Host brings its own, which can be moved.
        services.TryAddSingleton(TimeProvider.System);
        return services.AddCases().AddMail().AddConnectors(map).AddBundles().AddDisclosure().AddIntake().AddPeople().AddHealth(map)
            .AddSettings(configuration, AppIdentity.From)
            .AddSettings(configuration, settings => StorageAccount.Cases(settings, AppIdentity.From(settings)))
            .AddSettings(configuration, settings => StorageAccount.Bundles(settings, AppIdentity.From(settings)))
            .AddSettings(configuration, CaseSeals.From)
            .AddSettings(configuration, MailSettings.From)
            .AddSettings(configuration, LinkSettings.From)
            .AddSettings(configuration, OfficerSettings.From)
            .AddSettings(configuration, BudgetSettings.From)
            .AddSettings(configuration, DeliverySettings.From)
            .AddSettings(configuration, settings => SystemConnections.From(settings, map))
            .AddContacts(configuration)
            .AddTelemetry(configuration)
            .AddHostLog()
            .AddSettingsCheck(configuration);
    }

    private static IServiceCollection AddContacts(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings(configuration, ControllerSettings.From)
        .AddSettings(configuration, RegulatorSettings.From)
        .AddSingleton<ContactDetails>(provider =>
            new(provider.GetRequiredService<ControllerSettings>(), provider.GetRequiredService<RegulatorSettings>()))
        .AddSingleton<PageRenderer>();

    private static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseStore>()
        .AddSingleton<CaseFiles>()
        .AddSingleton<CaseNumbers>()
        .AddSingleton<CaseAnswers>()
        .AddSingleton<EvidenceLog>()
        .AddSingleton<EvidenceAnchors>()
        .AddSingleton<TableBackups>()
        .AddSingleton<DeadlineCalculator>();

    private static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<CaseLinks>()
        .AddSingleton<DownloadCodes>()
        .AddSingleton<Downloads>()
        .AddSingleton<AnswerReceiver>()
        .AddSingleton<PageGuard>()
        .AddSingleton<Timeline>()
        .AddSingleton<CurrentRound>()
        .AddSingleton<DecisionPages>()
        .AddSingleton<ReviewSummary>()
        .AddSingleton<BundleFile>()
        .AddSingleton<TamperAlarm>()
        .AddSingleton<MissingCases>()
        .AddSingleton<Agreement>()
        .AddSingleton<Readiness>();
}
