namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>
/// Starts a case's orchestration once: its instance id is the case's number, and an instance in any state is left as it is.
/// </summary>
internal static class StartingCases
{
    private static readonly string[] AnyStatus = [.. Enum.GetNames<OrchestrationRuntimeStatus>()];

    public static StartCase Starter(this DurableTaskClient client) => async (caseId, answered, cancellation) =>
    {
        var id = caseId.ToString();
        if (await client.GetInstanceAsync(id, cancellation) is { } instance)
        {
            if (answered is { } question && !instance.IsCompleted)
                await client.RaiseEventAsync(id, question.Key, "", cancellation);
            return;
        }
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(PrivacyRequestOrchestration.PrivacyRequest),
                id,
                new StartOrchestrationOptions(id) { DedupeStatuses = AnyStatus },
                cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Backends say "it exists" in different ways, and a lost answer says nothing; being there is what counts.
            if (await client.GetInstanceAsync(id, cancellation) is null)
                throw;
        }
    };
}
