using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tampering;

/// <summary>
/// Whichever step meets something that we did not write raises the alarm at its first try, before it fails: else a step that meets
/// it before the watch does would look to the officer like any other that failed. Pages do so in their guard.
/// </summary>
public sealed class TamperWatch(TamperAlarm alarm) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            await next(context);
        }
        // An orchestrator is replayed and touches nothing outside; what it hears of is what a step of it met.
        catch (Exception thrown) when (!IsOrchestrator(context) && StepFailure.Of(thrown).Type == nameof(CaseSealException))
        {
            await alarm.TryRaiseAsync(StepFailure.Of(thrown).Message, context.CancellationToken);
            throw;
        }
    }

    private static bool IsOrchestrator(FunctionContext context) =>
        FunctionKinds.Of(context.FunctionDefinition.Name) is { Trigger: "orchestration" };
}
