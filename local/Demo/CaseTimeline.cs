using System.Globalization;
using Azure.Data.Tables;

namespace LocalDemo;

/// <summary>The case's record, read where it is kept; the officer's review page shows the same.</summary>
internal static class CaseTimeline
{
    public static async Task<IReadOnlyList<(DateTimeOffset At, string Text)>> ReadAsync(
        string storage, string caseId, CancellationToken cancellation)
    {
        var lines = new List<(DateTimeOffset, string)>();
        var table = new TableClient(storage, "Evidence");
        await foreach (var row in table.QueryAsync<TableEntity>(r => r.PartitionKey == caseId, cancellationToken: cancellation))
        {
            if (row.GetString("Text") is { } text && row.GetString("At") is { } at)
                lines.Add((DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), text));
        }
        return lines;
    }
}
