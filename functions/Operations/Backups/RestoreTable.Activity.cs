using System.Globalization;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Backups;

public sealed class RestoreTableActivity(TableBackups backups, ILogger<RestoreTableActivity> log)
{
    [Function(nameof(RestoreTable))]
    public async Task<long> RestoreTable([ActivityTrigger] RestoreInput input, FunctionContext context)
    {
        var restored = await backups.RestoreAsync(
            DateOnly.ParseExact(input.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), input.Table, context.CancellationToken);
        log.TableRestored(input.Table, restored, input.Day);
        return restored;
    }
}
