using System.Globalization;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// Gives out case numbers, from the table <c>Counters</c>. A number is counted before it is given, so a crash in between leaves
/// a gap and never a number that two cases share.
/// </summary>
public sealed class CaseNumbers(CaseAccount storage)
{
    private const string Partition = "case-numbers";
    private readonly ContendedRow counters = new(new TableOnFirstUse(storage.Tables, "Counters"));

    /// <param name="year">The year in London in which the request was received, 2000 to 9999.</param>
    public async Task<CaseId> NextAsync(int year, CancellationToken cancellation = default)
    {
        var key = year.ToString("D4", CultureInfo.InvariantCulture);
        var number = await counters.ChangeAsync(Partition, key, row =>
        {
            var next = (row.GetInt32("Last") ?? 0) + 1;
            row["Last"] = next;
            return (Write: true, Answer: next);
        }, cancellation);
        return new CaseId(year, number);
    }
}
