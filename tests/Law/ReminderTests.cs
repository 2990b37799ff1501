using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Law;

public sealed class ReminderTests
{
    private static readonly DateOnly Due = new(2026, 4, 8);

    [Fact]
    public void Reminders_AreAt14_7_3_1And0Days_InOrder()
    {
        var reminders = DeadlineCalculator.RemindersBefore(Due);
        Assert.Equal([14, 7, 3, 1, 0], reminders.Select(reminder => reminder.DaysBefore));
        Assert.Equal(reminders.OrderBy(reminder => reminder.At), reminders);
    }

    [Fact]
    public void Reminders_AreAtNineInLondon_BeforeAndAfterTheClocksGoForward()
    {
        var reminders = DeadlineCalculator.RemindersBefore(Due);
        Assert.Equal(new DateTime(2026, 3, 25, 9, 0, 0, DateTimeKind.Utc), reminders[0].At.UtcDateTime); // winter time
        Assert.Equal(new DateTime(2026, 4, 1, 8, 0, 0, DateTimeKind.Utc), reminders[1].At.UtcDateTime); // summer time
        Assert.Equal(new DateTime(2026, 4, 8, 8, 0, 0, DateTimeKind.Utc), reminders[4].At.UtcDateTime);
    }

    [Theory]
    [InlineData("2026-03-25T08:59:59Z", 5)]
    [InlineData("2026-03-25T09:00:00Z", 4)] // at the moment itself it is no longer ahead
    [InlineData("2026-04-07T12:00:00Z", 1)]
    [InlineData("2026-04-08T08:00:00Z", 0)]
    public void Reminders_AlreadyPast_AreLeftOut(string now, int ahead) =>
        Assert.Equal(
            ahead,
            DeadlineCalculator.RemindersBefore(Due, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).Count);

    [Theory]
    [InlineData(2026, 4, 1, 7)]
    [InlineData(2026, 4, 8, 0)]
    [InlineData(2026, 4, 10, -2)]
    public void DaysLeft_CountsDownToZeroOnTheDueDate(int year, int month, int day, int left) =>
        Assert.Equal(left, DeadlineCalculator.DaysLeft(new DateOnly(year, month, day), Due));
}
