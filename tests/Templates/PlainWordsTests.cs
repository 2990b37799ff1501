using System.Globalization;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Tests.Templates;

public sealed class PlainWordsTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1.0 KB")]
    [InlineData(9_949, "9.9 KB")]
    [InlineData(9_951, "10 KB")]
    [InlineData(999_499, "999 KB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(2_400_000_000, "2.4 GB")]
    [InlineData(5_000_000_000_000_000, "5,000 TB")]
    public void Size_is_short_and_never_shows_a_thousand_of_a_unit(long bytes, string words) => Assert.Equal(words, PlainWords.Size(bytes));

    [Theory]
    [InlineData(-2, "2 days overdue")]
    [InlineData(-1, "1 day overdue")]
    [InlineData(0, "due today")]
    [InlineData(1, "1 day left")]
    [InlineData(14, "14 days left")]
    public void Days_left_are_said_in_words(int days, string words) => Assert.Equal(words, PlainWords.DaysLeft(days));

    [Theory]
    [InlineData("Ann Lee", "ann@example.com, who signs as “Ann Lee”")]
    [InlineData(" Ann@Example.com ", "ann@example.com")]
    [InlineData(" ", "ann@example.com")]
    public void Senders_are_named_by_their_address_first_and_once(string name, string words) =>
        Assert.Equal(words, PlainWords.Sender("ann@example.com", name));

    [Theory]
    [InlineData("2026-12-01T23:30:00Z", "Tuesday 1 December 2026 at 23:30")]
    [InlineData("2026-07-01T23:30:00Z", "Thursday 2 July 2026 at 00:30")]
    [InlineData("2026-07-02T08:30:00+09:00", "Thursday 2 July 2026 at 00:30")]
    [InlineData("2026-03-29T00:59:59Z", "Sunday 29 March 2026 at 00:59")] // a second later the clocks go forward
    [InlineData("2026-03-29T01:00:00Z", "Sunday 29 March 2026 at 02:00")]
    [InlineData("2026-10-24T23:00:00Z", "Sunday 25 October 2026 at 00:00")]
    [InlineData("2026-10-25T00:59:59Z", "Sunday 25 October 2026 at 01:59")] // a second later they go back
    [InlineData("2026-10-25T01:00:00Z", "Sunday 25 October 2026 at 01:00")]
    [InlineData("2026-10-25T23:59:59Z", "Sunday 25 October 2026 at 23:59")]
    public void T2_moments_are_printed_in_London_time(string moment, string words) => Assert.Equal(words, PlainWords.Moment(Read(moment)));

    /// <summary>
    /// A letter and the deadline take the time of day from one place. By 1847 the two can be told apart: London was then 75 seconds
    /// behind Greenwich, which the time zones of .NET round to a minute.
    /// </summary>
    [Fact]
    public void T2_moments_are_printed_by_the_time_zone_data_that_deadlines_go_by()
    {
        Assert.Equal("Thursday 31 December 1846 at 23:59", PlainWords.Moment(Read("1847-01-01T00:01:00Z")));
        Assert.Equal(new DateOnly(1846, 12, 31), DeadlineCalculator.LondonDate(Read("1847-01-01T00:01:00Z")));
    }

    [Fact]
    public void T2_a_moment_is_printed_with_the_date_that_the_deadline_counts_from_at_every_hour_of_the_known_years()
    {
        var end = DeadlineCalculator.StartOfLondonDay(BankHolidays.EnglandAndWales.KnownTo);
        for (var moment = DeadlineCalculator.StartOfLondonDay(
            BankHolidays.EnglandAndWales.KnownFrom); moment < end; moment = moment.AddHours(1))
        {
            var date = PlainWords.Date(DeadlineCalculator.LondonDate(moment));
            Assert.StartsWith(date + " at ", PlainWords.Moment(moment), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", "Sunday 29 March 2026 at 00:59")]
    [InlineData("2026-03-29T01:00:00Z", "Sunday 29 March 2026 at 02:00")]
    [InlineData("2026-10-25T00:59:00Z", "Sunday 25 October 2026 at 01:59")]
    [InlineData("2026-10-25T01:00:00Z", "Sunday 25 October 2026 at 01:00")]
    public void T2_the_clocks_go_forward_and_back_as_they_do_for_deadlines(string moment, string words)
    {
        var at = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        Assert.Equal(words, PlainWords.Moment(at));
        Assert.Equal(DeadlineCalculator.InLondon(at).Date, DeadlineCalculator.LondonDate(at).ToDateTime(TimeOnly.MinValue));
    }

    [Fact]
    public void Every_right_has_words_for_the_person_and_for_the_officer()
    {
        foreach (var right in Enum.GetValues<Right>())
        {
            Assert.NotEmpty(PlainWords.ForThePerson(right));
            Assert.Contains($"(Article {(int)right})", PlainWords.ForTheOfficer(right), StringComparison.Ordinal);
        }
    }

    private static DateTimeOffset Read(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
