namespace Spectrum.PrivacyFlows.Tests.Connectors;

/// <summary>A record as the contract's tests put it into a source.</summary>
/// <param name="IsAnns">Whether it is the person's whom the tests look for.</param>
public sealed record SampleEvent(int Id, string? Login, string? Email, bool IsAnns)
{
    /// <summary>Ann Lee's records among those of people who resemble her.</summary>
    public static IReadOnlyList<SampleEvent> Resembling() =>
    [
        new(1, "ann.lee", null, true),
        new(2, "joann.lee", null, false),
        new(3, "ann.lee2", null, false),
        new(4, "ann.le", null, false),
        new(5, "Ann.Lee", null, false),
        new(6, "ann_lee", null, false),
        new(7, "ann.lee", "ann.lee@brightwater.example", true),
        new(8, null, null, false),
        new(9, "", "", false),
        new(10, "%", "%", false),
        new(11, "other", "joann.lee@brightwater.example", false),
        new(12, "other", "ann.lee@brightwater.example.net", false),
        new(13, "other", "ann.lee+hart@brightwater.example", false),
        new(14, "ann.lee", "joann.lee@brightwater.example", true),
        new(15, "' OR 1=1 --", "\"; DROP TABLE events; --", false),
        new(16, "ann.lee@brightwater.example", "ann.lee", false),
        new(17, "żółć", "naïve@brightwater.example", false),
        new(18, "back\\slash", "quote\"@brightwater.example", false),
    ];

    /// <summary>Every third is Ann's, or every one.</summary>
    public static IEnumerable<SampleEvent> Many(int count, bool everyOne = false) =>
        Enumerable.Range(1, count).Select(id =>
            everyOne || id % 3 == 0 ? new SampleEvent(id, "ann.lee", null, true) : new SampleEvent(id, $"user{id % 50}", null, false));
}
