using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Operations.Health;

/// <summary>The state of everything that the app depends on.</summary>
public sealed class Readiness(HealthCheckService checks)
{
    /// <summary>Asks them all at once; takes as long as the slowest, and about ten seconds at most.</summary>
    /// <param name="orchestrations">
    /// Functions gives it to a function and to nobody else, so its check is made here and not registered.
    /// </param>
    public async Task<HealthReport> CheckAsync(DurableTaskClient orchestrations, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var others = checks.CheckHealthAsync(cancellation);
        var check = new DependencyCheck(stop => orchestrations.GetInstanceAsync(CaseId.OfTheSystem.ToString(), stop));
        var context = new HealthCheckContext
        {
            Registration = new("orchestrations", check, HealthStatus.Unhealthy, [HealthServices.Own], DependencyCheck.Patience),
        };
        var result = await check.CheckHealthAsync(context, cancellation);
        var own = new HealthReportEntry(
            result.Status, result.Description, Stopwatch.GetElapsedTime(started), exception: null, data: null, context.Registration.Tags);
        var entries = new Dictionary<string, HealthReportEntry>((await others).Entries) { [context.Registration.Name] = own };
        return new HealthReport(entries, Stopwatch.GetElapsedTime(started));
    }
}
