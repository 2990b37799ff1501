using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Backups;

/// <summary>Each night, copies of all tables.</summary>
public sealed class BackUpTables(TableBackups backups, TimeProvider clock, ILogger<BackUpTables> log)
{
    [Function(nameof(BackUpEveryTable))]
    public async Task BackUpEveryTable([TimerTrigger("0 40 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var day = DeadlineCalculator.LondonDate(clock.GetUtcNow());
        var (tables, rows) = (0, 0L);
        foreach (var table in BackedUpTables.Names)
        {
            try
            {
                rows += await backups.BackUpAsync(day, table, cancellation);
                tables++;
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.BackupFailed(table, Failures.Describe(failure));
            }
        }
        log.TablesBackedUp(tables, rows, BackedUpTables.Names.Count - tables);
    }
}
