using System.Diagnostics;
using System.Reflection;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// Where traces, metrics and logs go: Azure Monitor, an OTLP endpoint, the console, or nowhere, all of it the
/// same and through the same filters.
/// </summary>
internal static class TelemetryServices
{
    /// <summary>HttpClient's own source: Graph and Storage are both called through it.</summary>
    private const string HttpClientSource = "System.Net.Http";

    /// <summary>
    /// What listens is chosen here, since logs flow before the host has checked the settings; with settings that are wrong it is nothing,
    /// and the host's check says what is wrong with them.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings(configuration, TelemetrySettings.From);
        if (SettingsReader.TryRead(
            configuration, reader => (Telemetry: TelemetrySettings.From(reader), Identity: AppIdentity.From(reader)), out var read))
            services.AddExporters(read.Telemetry, read.Identity);
        return services;
    }

    private static IServiceCollection AddExporters(this IServiceCollection services, TelemetrySettings settings, AppIdentity identity)
    {
        if (!settings.IsOn)
            return services;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(TelemetryNames.App, serviceVersion: Version()))
            .WithTracing(traces => traces
                .AddSource(TelemetryNames.App, HttpClientSource)
                .AddProcessor(new SpanPrivacy())
                .Export(settings, identity)
                .SetSampler(new OwnWork()))
            .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.App).Export(settings, identity))
            .WithLogging(
                logs => logs.AddProcessor(new LogPrivacy()).Export(settings, identity), options => options.IncludeFormattedMessage = true);
        return services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>("", LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>(TelemetryNames.App, LogLevel.Information));
    }

    private static TracerProviderBuilder Export(this TracerProviderBuilder traces, TelemetrySettings settings, AppIdentity identity)
    {
        if (settings.AzureMonitor is { } connection)
            traces.AddAzureMonitorTraceExporter(options => Connect(options, connection, identity));
        if (settings.Otlp is not null)
            traces.AddOtlpExporter();
        return settings.Console ? traces.AddConsoleExporter() : traces;
    }

    private static MeterProviderBuilder Export(this MeterProviderBuilder metrics, TelemetrySettings settings, AppIdentity identity)
    {
        if (settings.AzureMonitor is { } connection)
            metrics.AddAzureMonitorMetricExporter(options => Connect(options, connection, identity));
        if (settings.Otlp is not null)
            metrics.AddOtlpExporter();
        return settings.Console ? metrics.AddConsoleExporter() : metrics;
    }

    private static LoggerProviderBuilder Export(this LoggerProviderBuilder logs, TelemetrySettings settings, AppIdentity identity)
    {
        if (settings.AzureMonitor is { } connection)
            logs.AddAzureMonitorLogExporter(options => Connect(options, connection, identity));
        if (settings.Otlp is not null)
            logs.AddOtlpExporter();
        return settings.Console ? logs.AddConsoleExporter() : logs;
    }

    private static void Connect(AzureMonitorExporterOptions options, string connection, AppIdentity identity)
    {
        options.ConnectionString = connection;
        options.Credential = identity.ClientId is null ? null : identity.Credential; // Azure's resource takes nothing without (infra/).
        options.SamplingRatio = 1; // A case is evidence: all of its trace or none would be worth keeping.
        options.DisableOfflineStorage = true; // Nothing of ours is left on a machine's disk.
    }

    private static string Version() =>
        typeof(TelemetryServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>
    /// What the app's functions do, and the calls that they make for a case. Calls of no case (each minute's sweep, the watches, tokens,
    /// the local engine's storage) would be nine tenths of all that is stored and paid for, and tell nothing that the function's own
    /// span and its log lines do not.
    /// </summary>
    private sealed class OwnWork : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(
                samplingParameters.Kind == ActivityKind.Client && Activity.Current?.GetTagItem(TelemetryNames.CaseTag) is null
                    ? SamplingDecision.Drop
                    : SamplingDecision.RecordAndSample);
    }
}
