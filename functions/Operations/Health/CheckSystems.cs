using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Health;

/// <summary>Knows that a system is down before a case needs it: a request's month is short.</summary>
public sealed class CheckSystems(HealthCheckService checks, ILogger<CheckSystems> log)
{
    [Function(nameof(CheckEverySystem))]
    public async Task CheckEverySystem([TimerTrigger("45 */15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthServices.System), cancellation);
        foreach (var (name, state) in report.Entries)
        {
            var (system, isUp) = (name[(HealthServices.System.Length + 1)..], state.Status == HealthStatus.Healthy);
            Measure.SystemAnswers(system, isUp);
            if (!isUp)
                log.SystemDown(system, state.Description ?? "");
        }
    }
}
