using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Law;

public sealed class BankHolidaysTests
{
    private readonly BankHolidays holidays = BankHolidays.EnglandAndWales;

    [Fact]
    public void Holidays_AreKnownFrom2024To2028()
    {
        Assert.Equal(new DateOnly(2024, 1, 1), holidays.KnownFrom);
        Assert.Equal(new DateOnly(2028, 12, 31), holidays.KnownTo);
    }

    [Fact]
    public void Holidays_AreEightWorkingWeekdaysAYear()
    {
        for (var year = 2024; year <= 2028; year++)
        {
            var days = Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays).Where(day => day.Year == year);
            Assert.Equal(
                8, days.Count(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.IsWorkingDay(day)));
        }
    }

    [Theory]
    [InlineData(2026, 12, 25, false)]
    [InlineData(2026, 12, 26, false)] // a Saturday
    [InlineData(2026, 12, 28, false)] // its substitute
    [InlineData(2026, 12, 29, true)]
    [InlineData(2028, 1, 3, false)]
    [InlineData(2025, 4, 21, false)]
    public void T3_WorkingDays(int year, int month, int day, bool works) =>
        Assert.Equal(works, holidays.IsWorkingDay(new DateOnly(year, month, day)));

    [Fact]
    public void Holidays_NoneAtAll_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new BankHolidays([]));
}
