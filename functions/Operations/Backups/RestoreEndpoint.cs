using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Spectrum.PrivacyFlows.Operations.Backups;

/// <summary>
/// Says of which days there are copies, starts a restore, and says how it goes. For the engineer on call: on Azure it asks for the host's
/// master key, which opens the whole app anyway.
/// </summary>
public sealed class RestoreEndpoint(TableBackups backups)
{
    private static readonly string[] UnderWay =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    [Function("Backups")]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "backups")] HttpRequest request, CancellationToken cancellation) =>
        new OkObjectResult(new { days = (await backups.DaysAsync(cancellation)).Select(Text) });

    [Function("RestoreBackup")]
    public async Task<IActionResult> Restore(
        [HttpTrigger(AuthorizationLevel.Admin, "get", "post", Route = "backups/{day}/restore")] HttpRequest request, string day,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wanted)
                || !(await backups.DaysAsync(cancellation)).Contains(wanted))
            return new NotFoundObjectResult(
                new { problem = "There is no whole copy of that day; GET /api/backups lists those that there are." });
        var id = $"restore-{day}";
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        if (!HttpMethods.IsPost(request.Method))
            return new OkObjectResult(new
            {
                status = instance?.RuntimeStatus.ToString() ?? "never started",
                rowsPutBack = instance is { RuntimeStatus: OrchestrationRuntimeStatus.Completed }
                    ? instance.ReadOutputAs<long>()
                    : (long?)null,
            });
        if (instance is null or { IsCompleted: true })
            await StartAsync(client, id, day, cancellation);
        return new AcceptedResult($"/api/backups/{day}/restore", new { status = "started" });
    }

    private static async Task StartAsync(DurableTaskClient client, string id, string day, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(RestoreTablesOrchestration.RestoreTables),
                day,
                new StartOrchestrationOptions(id) { DedupeStatuses = UnderWay },
                cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Somebody else started it at the same moment; that it runs is what counts.
            if (await client.GetInstanceAsync(id, cancellation) is not { IsCompleted: false })
                throw;
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
