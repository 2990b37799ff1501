using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Deadlines;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Backups;

/// <summary>Each night, copies of all tables.</summary>
public sealed class BackUpTables(TableBackups backups, TimeProvider clock, ILogger<BackUpTables> log)
{
    [Function(nameof(BackUpEveryTable))]
    public async Task BackUpEveryTable([TimerTrigger("0 40 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var day = DeadlineCalculator.LondonDate(clock.GetUtcNow());
        foreach (var table in BackedUpTables.Names)
        {
            try
            {
                log.TableBackedUp(table, await backups.BackUpAsync(day, table, cancellation));
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.BackupFailed(table, Mailbox.Failures.Describe(failure));
            }
        }
    }
}
