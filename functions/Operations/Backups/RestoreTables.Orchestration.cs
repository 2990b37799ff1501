namespace Spectrum.PrivacyFlows.Operations.Backups;

/// <summary>
/// Puts back what is missing, table after table. It may take hours, so it is an orchestration: killed anywhere, it goes on.
/// </summary>
public static class RestoreTablesOrchestration
{
    /// <param name="day">As in <c>2026-11-26</c>.</param>
    /// <returns>Rows that were put back.</returns>
    [Function(nameof(RestoreTables))]
    public static async Task<long> RestoreTables([OrchestrationTrigger] TaskOrchestrationContext context, string day)
    {
        var restored = 0L;
        foreach (var table in BackedUpTables.Names)
            restored += await context.CallActivityAsync<long>(
                nameof(RestoreTableActivity.RestoreTable), new RestoreInput(day, table), Retries.Storage);
        return restored;
    }
}

public sealed record RestoreInput(string Day, string Table);
