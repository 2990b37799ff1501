using System.Globalization;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Watching;
using Spectrum.PrivacyFlows.Tampering;

namespace Spectrum.PrivacyFlows.Operations.Verifying;

/// <summary>
/// Finds what a walk over the cases cannot: cases and records that are gone. Each number that was given out has a case, or a line in the
/// system's record that says why not; each record that was ever anchored is there; and the count of numbers only grows.
/// </summary>
public sealed class MissingCases(
    CaseStore cases, CaseNumbers numbers, EvidenceLog record, EvidenceAnchors anchors, TamperAlarm alarm, TimeProvider clock)
{
    /// <summary>
    /// Cases are kept for three years after they close (S4), so none of this year or of the two before was deleted rightly.
    /// </summary>
    private const int YearsKept = 2;

    private const string Numbers = "NUMBERS-";

    /// <summary>A message that is being taken in, with retries, has a number and no case yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public async Task FindAsync(CancellationToken cancellation)
    {
        var oldest = DeadlineCalculator.LondonDate(clock.GetUtcNow()).Year - YearsKept;
        var years = await numbers.YearsAsync(cancellation).Where(year => year.Year >= oldest).ToDictionaryAsync(
            year => year.Year, cancellationToken: cancellation);
        foreach (var year in years.Values)
            await WalkNumbersAsync(year, cancellation);
        await foreach (var owner in anchors.OwnersAsync(cancellation))
            await CheckAnchoredAsync(owner, oldest, years, cancellation);
    }

    private async Task WalkNumbersAsync(NumberedYear year, CancellationToken cancellation)
    {
        var expected = year.First;
        await foreach (var given in numbers.GivenAsync(year.Year, cancellation))
        {
            if (given.Number.Number > expected)
                await TellOfGapAsync(year.Year, expected, given.Number.Number - 1, cancellation);
            expected = given.Number.Number + 1;
            if (given.At < clock.GetUtcNow() - Patience && !await cases.ExistsAsync(given.Number, cancellation)
                    && !await record.ContainsAsync(CaseId.OfTheSystem, EvidenceKeys.NumberUnused(given.Number), cancellation))
                await alarm.RaiseAsync(
                    given.Number.ToString(), "A case of this number was begun, and the case is not there any more.", cancellation);
        }
        if (expected <= year.Last)
            await TellOfGapAsync(year.Year, expected, year.Last, cancellation);
        await anchors.AnchorCountAsync(NumbersOf(year.Year), year.Last, cancellation);
    }

    private Task TellOfGapAsync(int year, int first, int last, CancellationToken cancellation)
    {
        var (from, to) = (new CaseId(year, first), new CaseId(year, last));
        var what = first == last
            ? $"Case number {from} was given out, and nothing of it is there any more."
            : $"Case numbers {from} to {to} were given out, and nothing of them is there any more.";
        return alarm.RaiseAsync("", what, cancellation);
    }

    private async Task CheckAnchoredAsync(
        string owner, int oldest, Dictionary<int, NumberedYear> years, CancellationToken cancellation)
    {
        if (CaseId.TryParse(owner, out var id) && id.Year >= oldest)
        {
            if ((await record.HeadOfAsync(owner, cancellation)).Count == 0)
                await alarm.RaiseAsync(owner, "The record of this case was kept, and it is not there any more.", cancellation);
            else if (!await cases.ExistsAsync(id, cancellation))
                await alarm.RaiseAsync(owner, "This case has a record, and the case itself is not there any more.", cancellation);
        }
        else if (owner.StartsWith(Numbers, StringComparison.Ordinal)
            && int.TryParse(owner[Numbers.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= oldest
            && await anchors.HighestAsync(owner, cancellation) > years.GetValueOrDefault(year).Last)
            await alarm.RaiseAsync("", $"The count of case numbers of {year} was set back: more had been given out.", cancellation);
    }

    private static string NumbersOf(int year) => $"{Numbers}{year}";
}
