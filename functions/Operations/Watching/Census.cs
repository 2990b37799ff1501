using System.Collections.Concurrent;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>How many cases are open, of what kind, and how near their days.</summary>
internal sealed class Census(DateTimeOffset now)
{
    /// <summary>With so many days left or fewer, a case that nobody has decided on is in danger.</summary>
    public const int SoonDays = 3;

    // What was reported once is reported as none when none is left; it would stand for ever elsewhere.
    private static readonly ConcurrentDictionary<(CaseState State, string Right), bool> Reported = [];

    private readonly Dictionary<(CaseState State, string Right), int> open = [];
    private readonly Dictionary<string, int> fewestDays = [];
    private readonly Dictionary<string, int> due = new() { ["overdue"] = 0, ["within-3-days"] = 0, ["within-7-days"] = 0, ["later"] = 0 };

    /// <returns>
    /// Days left where the case waits for a decision or for what goes before it; null where it is decided, or has no day yet.
    /// </returns>
    public int? Count(Case found)
    {
        var right = Measure.Name(found.Rights);
        open[(found.State, right)] = open.GetValueOrDefault((found.State, right)) + 1;
        if (found.State >= CaseState.Delivered || found.DueOn is null)
            return null;
        var days = found.DaysLeft(now);
        due[days switch { < 0 => "overdue", <= SoonDays => "within-3-days", <= 7 => "within-7-days", _ => "later" }]++;
        fewestDays[right] = Math.Min(days, fewestDays.GetValueOrDefault(right, int.MaxValue));
        return days;
    }

    public void Report()
    {
        foreach (var kind in open.Keys)
            Reported.TryAdd(kind, true);
        foreach (var kind in Reported.Keys)
            Measure.OpenCases(open.GetValueOrDefault(kind), kind.State, kind.Right);
        foreach (var (when, count) in due)
            Measure.DueCases(count, when);
        foreach (var (right, days) in fewestDays)
            Measure.FewestDaysLeft(days, right);
    }
}
