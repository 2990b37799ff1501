using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows.Audit;
using Spectrum.PrivacyFlows.Backups;
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
using Spectrum.PrivacyFlows.Steps.Watching;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows;

/// <summary>What the app is made of.</summary>
public static class Composition
{
    /// <summary>Puts the whole app into <paramref name="builder"/>, which holds its settings already. Azure's host and the one in local/Host both start from here.</summary>
    /// <exception cref="SettingsException">Settings are missing or wrong; it names them all.</exception>
    /// <exception cref="DataMap.Loading.DataMapException">The data map has mistakes.</exception>
    public static FunctionsApplicationBuilder AddPrivacyFlows(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<FunctionTracing>();
        builder.Services.AddPrivacyFlows(builder.Configuration);
        return builder;
    }

    /// <exception cref="SettingsException">Settings are missing or wrong; it names them all.</exception>
    /// <exception cref="DataMap.Loading.DataMapException">The data map has mistakes.</exception>
    public static IServiceCollection AddPrivacyFlows(this IServiceCollection services, IConfiguration configuration)
    {
        var map = ConnectorServices.ReadDataMap();
        var settings = AppSettings.From(configuration, map.Systems);
        // The real clock is named here and nowhere else; the local runtime brings its own, which can be moved.
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSettings(settings).AddCases().AddMailbox(settings.Mailbox).AddConnectors(map).AddBundles().AddSteps()
            .AddTelemetry(settings.Telemetry, settings.Identity);
    }

    private static IServiceCollection AddSettings(this IServiceCollection services, AppSettings settings) => services
        .AddSingleton(settings.Identity)
        .AddSingleton(settings.Cases)
        .AddSingleton(settings.Bundles)
        .AddSingleton(settings.Links)
        .AddSingleton(settings.Officer)
        .AddSingleton(settings.Delivery);

    private static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseStore>()
        .AddSingleton<CaseFiles>()
        .AddSingleton<CaseNumbers>()
        .AddSingleton<CaseAnswers>()
        .AddSingleton<CaseRecord>()
        .AddSingleton<RecordAnchors>()
        .AddSingleton<TableBackups>()
        .AddSingleton<DeadlineCalculator>();

    private static IServiceCollection AddSteps(this IServiceCollection services) => services
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
        .AddSingleton<BundleFile>()
        .AddSingleton<SystemCheck>()
        .AddSingleton<Readiness>();
}
