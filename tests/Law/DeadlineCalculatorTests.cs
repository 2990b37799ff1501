using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Law;

public sealed class DeadlineCalculatorTests
{
    private readonly DeadlineCalculator calculator = new();

    [Fact]
    public void T1_LatestArrivalWins_AndNothingAskedForMeansReceipt()
    {
        var received = new DateOnly(2026, 3, 2);
        Assert.Equal(received, DeadlineCalculator.Start(received));
        Assert.Equal(new DateOnly(2026, 3, 9), DeadlineCalculator.Start(received, new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 9)));
        Assert.Equal(new DateOnly(2026, 3, 20), DeadlineCalculator.Start(received, authorityArrivedOn: new DateOnly(2026, 3, 20)));
    }

    [Fact]
    public void T1_WhatArrivedBeforeTheRequest_DoesNotMoveTheStartBack() =>
        Assert.Equal(
            new DateOnly(2026, 3, 2), DeadlineCalculator.Start(new DateOnly(2026, 3, 2), identityArrivedOn: new DateOnly(2026, 2, 1)));

    [Fact]
    public void T3_RollsOnce_ThePeriodBeforeKeepsItsOwnDates() =>
        // Received on a Saturday; the 30th of June is a Tuesday.
        Assert.Equal(new DateOnly(2026, 6, 30), calculator.Due(new DateOnly(2026, 5, 30)).On);

    [Theory]
    [InlineData(2028, 11, 29, false)] // Friday 29 December 2028
    [InlineData(2028, 11, 30, true)] // Saturday 30 December rolls to 1 January 2029, of which nobody has told us
    [InlineData(2028, 12, 1, true)]
    [InlineData(2023, 10, 30, true)] // Thursday 30 November 2023, before the first year in the list
    public void T3_DateOutsideTheKnownHolidays_IsMarked(int year, int month, int day, bool beyond) =>
        Assert.Equal(beyond, calculator.Due(new DateOnly(year, month, day)).IsBeyondKnownHolidays);

    [Fact]
    public void T3_WithOtherHolidays_RollsByThose()
    {
        var own = new DeadlineCalculator(new BankHolidays([new DateOnly(2030, 6, 4)]));
        Assert.Equal(new Deadline(new DateOnly(2030, 6, 5), false), own.Due(new DateOnly(2030, 5, 4)));
    }

    [Fact]
    public void T6_NoticeOfExtensionMovesWithThePauses()
    {
        var pause = new Pause(new DateOnly(2027, 3, 4), new DateOnly(2027, 3, 10));
        Assert.Equal(new DateOnly(2027, 4, 8), DeadlineCalculator.NoticeOfExtensionBy(new DateOnly(2027, 3, 1), [pause]));
    }

    [Fact]
    public void T6_AskedAndAnsweredOnOneDay_IsOnePausedDay()
    {
        var day = new DateOnly(2026, 9, 8);
        Assert.Equal(new DateOnly(2026, 10, 2), calculator.Due(new DateOnly(2026, 9, 1), [new Pause(day, day)]).On);
    }

    [Fact]
    public void T6_AnswerBeforeTheQuestion_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pause(new DateOnly(2026, 9, 8), new DateOnly(2026, 9, 7)));

    [Fact]
    public void T7_OverlappingPauses_CountEachDayOnce()
    {
        Pause[] pauses = [new(new DateOnly(2026, 9, 2), new DateOnly(2026, 9, 8)), new(new DateOnly(2026, 9, 7), new DateOnly(2026, 9, 9))];
        Assert.Equal(new DateOnly(2026, 10, 9), calculator.Due(new DateOnly(2026, 9, 1), pauses).On); // 1 October and 8 days
    }

    [Fact]
    public void T7_DaysBeforeTheStart_DoNotCount()
    {
        var pause = new Pause(new DateOnly(2026, 8, 20), new DateOnly(2026, 9, 1));
        Assert.Equal(new DateOnly(2026, 10, 2), calculator.Due(new DateOnly(2026, 9, 1), [pause]).On);
    }

    [Fact]
    public void T7_WithPauses_WarnsOneDayEarlier()
    {
        var start = new DateOnly(2027, 3, 1);
        var paused = calculator.Due(start, [new Pause(new DateOnly(2027, 3, 4), new DateOnly(2027, 3, 10))]);
        Assert.Equal(paused.On.AddDays(-1), paused.RemindAsIfDueOn);
        Assert.Equal(calculator.Due(start).On, calculator.Due(start).RemindAsIfDueOn);
    }

    [Fact]
    public void T7_ExtendedAndPaused_AddsBoth()
    {
        var pause = new Pause(new DateOnly(2026, 9, 2), new DateOnly(2026, 9, 3));
        Assert.Equal(new DateOnly(2026, 12, 3), calculator.ExtendedDue(new DateOnly(2026, 9, 1), [pause]).On);
    }
}
