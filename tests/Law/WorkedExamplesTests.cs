using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Law;

/// <summary>Every worked example of law.md.</summary>
public sealed class WorkedExamplesTests
{
    private readonly DeadlineCalculator calculator = new();

    [Fact]
    public void T3_TheRegulatorsOwnExample() => Assert.Equal(new DateOnly(2024, 12, 27), DueFrom(2024, 11, 25));

    [Fact]
    public void T3_NoSameDateAndMonthEndOnSaturday_IsTheMondayAfter() => Assert.Equal(new DateOnly(2026, 3, 2), DueFrom(2026, 1, 31));

    [Fact]
    public void T3_ReceivedOnABankHoliday_CountsFromThatDay_AndShorterMonthGivesItsLastDay() =>
        Assert.Equal(new DateOnly(2026, 9, 30), DueFrom(2026, 8, 31));

    [Fact]
    public void T3_DueDateRollsPastAWeekend() => Assert.Equal(new DateOnly(2026, 10, 5), DueFrom(2026, 9, 3));

    [Fact]
    public void T3_DueDateRollsPastChristmasWeekendAndSubstituteDay() => Assert.Equal(new DateOnly(2026, 12, 29), DueFrom(2026, 11, 25));

    [Fact]
    public void T3_DueDateRollsPastEaster() => Assert.Equal(new DateOnly(2027, 3, 30), DueFrom(2027, 2, 26));

    [Fact]
    public void T3_DueDateRollsPastTwoSubstituteDays() => Assert.Equal(new DateOnly(2027, 12, 29), DueFrom(2027, 11, 25));

    [Fact]
    public void T3_DueDateRollsPastNewYearsSubstituteDay() => Assert.Equal(new DateOnly(2028, 1, 4), DueFrom(2027, 12, 1));

    [Fact]
    public void T3_LeapYear_LastDayOfFebruary() => Assert.Equal(new DateOnly(2028, 2, 29), DueFrom(2028, 1, 31));

    [Fact]
    public void T3_FromTheLeapDay_SameDateInMarch() => Assert.Equal(new DateOnly(2028, 3, 29), DueFrom(2028, 2, 29));

    [Fact]
    public void T1_StartsWhenIdentityInformationArrives()
    {
        var start = DeadlineCalculator.Start(new DateOnly(2027, 1, 5), identityArrivedOn: new DateOnly(2027, 1, 29));
        Assert.Equal(new DateOnly(2027, 3, 1), calculator.Due(start).On);
    }

    [Fact]
    public void T5_ThreeMonthsInAll_WithNoticeBeforeMonthOneEnds()
    {
        var start = new DateOnly(2026, 11, 30);
        Assert.Equal(new DateOnly(2027, 3, 1), calculator.ExtendedDue(start).On);
        Assert.Equal(new DateOnly(2026, 12, 30), DeadlineCalculator.NoticeOfExtensionBy(start));
    }

    [Fact]
    public void T7_PausedDaysAreAddedBeforeRolling()
    {
        var pause = new Pause(new DateOnly(2027, 3, 4), new DateOnly(2027, 3, 10));
        Assert.Equal(new DateOnly(2027, 4, 8), calculator.Due(new DateOnly(2027, 3, 1), [pause]).On);
    }

    [Fact]
    public void T11_ComplaintIsAcknowledgedWithinThirtyDays() =>
        Assert.Equal(new DateOnly(2026, 7, 20), calculator.AcknowledgeComplaintBy(new DateOnly(2026, 6, 19)).On);

    private DateOnly DueFrom(int year, int month, int day) => calculator.Due(new DateOnly(year, month, day)).On;
}
