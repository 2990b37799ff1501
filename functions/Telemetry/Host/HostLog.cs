using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Spectrum.PrivacyFlows.Telemetry.Host;

/// <summary>
/// What of the worker's log the Functions host is given, which shows it in Azure's log stream: our own lines. The words of libraries hold
/// addresses and tokens, and the host cannot tell them from ours, since all of an invocation's lines come to it under one name.
/// </summary>
internal static class HostLog
{
    /// <summary>The worker's provider, which is not public.</summary>
    internal const string Provider = "Microsoft.Azure.Functions.Worker.Logging.WorkerLoggerProvider";

    public static IServiceCollection AddHostLog(this IServiceCollection services) =>
        services.Configure<LoggerFilterOptions>(options =>
        {
            options.Rules.Add(new LoggerFilterRule(Provider, null, LogLevel.None, filter: null));
            options.Rules.Add(new LoggerFilterRule(Provider, TelemetryNames.App, LogLevel.Information, filter: null));
        });
}
