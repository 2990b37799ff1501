using System.Globalization;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Intake.Carried;

/// <summary>
/// The day in a line that a mail program wrote, as in <c>Tuesday, 24 November 2026 10:12</c>. Months are named as .NET's cultures name
/// them. Of two numbers that may both be a month, the first is the day, as in Britain: the officer can correct it.
/// </summary>
internal static partial class MailDate
{
    private static readonly string[] Languages =
    [
        "en-GB", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "tr", "ru", "uk", "el", "hr",
    ];

    private static readonly Dictionary<string, int> Months = NamesOfMonths();

    public static DateOnly? In(string line)
    {
        if (YearFirst().Match(line) is { Success: true } sorted)
            return Day(sorted, Number(sorted, "month"));
        foreach (Match named in DayMonthYear().Matches(line).Concat(MonthDayYear().Matches(line)))
        {
            if (Months.TryGetValue(named.Groups["month"].Value.ToLowerInvariant(), out var month))
                return Day(named, month);
        }
        if (Numbers().Match(line) is not { Success: true } match)
            return null;
        return Day(match, Number(match, "month")) ?? Date(Number(match, "year"), Number(match, "day"), Number(match, "month"));
    }

    private static DateOnly? Day(Match match, int month) => Date(Number(match, "year"), month, Number(match, "day"));

    private static DateOnly? Date(int year, int month, int day)
    {
        year += year < 100 ? 2000 : 0;
        return year is >= 2000 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static Dictionary<string, int> NamesOfMonths()
    {
        var names = new Dictionary<string, int>();
        foreach (var format in Languages.Select(language => CultureInfo.GetCultureInfo(language).DateTimeFormat))
        {
            string[][] kinds =
            [
                format.MonthNames, format.MonthGenitiveNames, format.AbbreviatedMonthNames, format.AbbreviatedMonthGenitiveNames,
            ];
            foreach (var kind in kinds)
            {
                for (var month = 1; month <= 12; month++)
                    names.TryAdd(kind[month - 1].TrimEnd('.').ToLowerInvariant(), month);
            }
        }
        names.TryAdd("sept", 9);
        return names;
    }

    [GeneratedRegex(@"(?<!\d)(?<year>\d{4})[-/.年] ?(?<month>\d{1,2})[-/.月] ?(?<day>\d{1,2})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        @"(?<!\d)(?<day>\d{1,2})(\.|st|nd|rd|th|º|er)?[ -](de )?(?<month>\p{L}{3,15})\.?,?[ -](de )?(?<year>\d{4}|\d{2})(?![\d:])",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(
        @"(?<month>\p{L}{3,15})\.? (?<day>\d{1,2})(st|nd|rd|th)?,? (?<year>\d{4})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MonthDayYear();

    [GeneratedRegex(
        @"(?<!\d)(?<day>\d{1,2})[-/.] ?(?<month>\d{1,2})[-/.] ?(?<year>\d{4}|\d{2})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();
}
