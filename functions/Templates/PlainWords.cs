using System.Globalization;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>Values as people in Britain write them.</summary>
internal static class PlainWords
{
    /// <summary>As in <c>Tuesday 29 December 2026</c>.</summary>
    public static string Date(DateOnly date) => date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>In London time, as in <c>Tuesday 29 December 2026 at 14:05</c>.</summary>
    public static string Moment(DateTimeOffset moment) =>
        DeadlineCalculator.InLondon(moment).ToString("dddd d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);

    /// <summary>As in <c>12,345</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>As in <c>640 bytes</c> or <c>1.4 MB</c>, in powers of a thousand.</summary>
    public static string Size(long bytes)
    {
        if (bytes < 1000)
            return bytes == 1 ? "1 byte" : $"{bytes} bytes";
        string[] units = ["KB", "MB", "GB", "TB"];
        var size = bytes / 1000m;
        var unit = 0;
        for (; size >= 999.5m && unit < units.Length - 1; unit++)
            size /= 1000;
        return size.ToString(size < 9.95m ? "0.0" : "N0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary>As in <c>3 days left</c>, <c>due today</c> or <c>2 days overdue</c>.</summary>
    public static string DaysLeft(int days) => days switch
    {
        0 => "due today",
        1 => "1 day left",
        -1 => "1 day overdue",
        < 0 => $"{-days} days overdue",
        _ => $"{days} days left",
    };

    /// <summary>As in <c>1 record</c>.</summary>
    public static string Records(long number) => number == 1 ? "1 record" : $"{Count(number)} records";

    /// <summary>As in <c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> things) => things.Count < 2
        ? string.Concat(things)
        : string.Join(", ", things.SkipLast(1)) + " and " + things[^1];

    /// <inheritdoc cref="Untrusted.Sender"/>
    public static string Sender(string address, Untrusted name) => Untrusted.Sender(address, name);

    /// <summary>A right as what the person gets, to follow "you asked for" or stand in a list.</summary>
    public static string ForThePerson(Right right) => right switch
    {
        Right.Access => "a copy of the data we hold about you",
        Right.Portability => "the data you gave us, in files that another company’s computer can read",
        Right.Rectification => "data about you to be put right",
        Right.Erasure => "data about you to be deleted",
        Right.Restriction => "a limit on how we use your data",
        Right.Objection => "us to stop using your data",
        Right.AutomatedDecisions => "a person to look at a decision made by a computer",
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };

    /// <summary>A right in the law's words, with its article.</summary>
    public static string ForTheOfficer(Right right) => right switch
    {
        Right.AutomatedDecisions => "Automated decisions (Article 22)",
        _ => $"{right} (Article {(int)right})",
    };
}
