using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Steps.Watching;

/// <summary>Knows that a system is down before a case needs it: a request's month is short.</summary>
public sealed class CheckSystems(SystemCheck check, ILogger<CheckSystems> log)
{
    [Function(nameof(CheckEverySystem))]
    public async Task CheckEverySystem([TimerTrigger("45 */15 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        foreach (var state in await check.CheckAsync(cancellation))
        {
            Measure.SystemAnswers(state.System, state.IsUp);
            if (!state.IsUp)
                log.SystemDown(state.System, state.Problem);
        }
    }
}
