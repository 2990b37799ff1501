using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Law;

public sealed class LondonDateTests
{
    [Theory]
    [InlineData("2026-07-01T23:30:00Z", "2026-07-02")] // summer time: half past midnight
    [InlineData("2026-12-01T23:30:00Z", "2026-12-01")]
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29")] // the clocks go forward at 01:00Z
    [InlineData("2026-03-29T23:00:00Z", "2026-03-30")]
    [InlineData("2026-03-28T23:59:59Z", "2026-03-28")]
    [InlineData("2026-10-24T22:59:59Z", "2026-10-24")] // the night before they go back
    [InlineData("2026-10-24T23:00:00Z", "2026-10-25")]
    [InlineData("2026-10-25T23:59:59Z", "2026-10-25")]
    [InlineData("2026-07-02T08:00:00+09:00", "2026-07-02")] // 23:00Z the day before
    public void T2_DatesAreLondonDates(string moment, string date) =>
        Assert.Equal(Date(date), DeadlineCalculator.LondonDate(Moment(moment)));

    [Theory]
    [InlineData("2026-07-02", "2026-07-01T23:00:00Z")]
    [InlineData("2026-12-02", "2026-12-02T00:00:00Z")]
    [InlineData("2026-03-29", "2026-03-29T00:00:00Z")]
    [InlineData("2026-03-30", "2026-03-29T23:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T23:00:00Z")]
    [InlineData("2026-10-26", "2026-10-26T00:00:00Z")]
    public void T2_DayStartsAtLondonMidnight(string date, string moment) =>
        Assert.Equal(Moment(moment), DeadlineCalculator.StartOfLondonDay(Date(date)));

    [Fact]
    public void T2_EveryDayOfTheKnownYears_StartsOnItsOwnDate_AndTheMomentBeforeIsTheDayBefore()
    {
        for (var day = BankHolidays.EnglandAndWales.KnownFrom; day <= BankHolidays.EnglandAndWales.KnownTo; day = day.AddDays(1))
        {
            var start = DeadlineCalculator.StartOfLondonDay(day);
            Assert.Equal(day, DeadlineCalculator.LondonDate(start));
            Assert.Equal(day.AddDays(-1), DeadlineCalculator.LondonDate(start.AddTicks(-1)));
        }
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
