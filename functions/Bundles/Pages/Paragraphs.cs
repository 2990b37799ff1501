using System.Globalization;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>Values as a person reads them on the page. The files beside it have them exactly.</summary>
internal static partial class Paragraphs
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>
    /// Controls, characters that turn the direction of text or are never seen (save the joiners that scripts and emoji need), and
    /// lone halves of surrogate pairs.
    /// </summary>
    [GeneratedRegex(@"[\p{Cc}\p{Cf}-[\t\r\n\u200C\u200D]]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Unseen();

    /// <summary>Replaces by U+FFFD what could make the page show something else than it says.</summary>
    public static string Visible(string text) => Unseen().Replace(text, "\uFFFD");

    /// <summary>Cuts a long text; never within a character.</summary>
    /// <param name="length">At most this many UTF-16 units stay.</param>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= length)
            end = next;
        return string.Create(British, $"{text.AsSpan(0, end)}… (shortened; {text.Length:N0} characters in the file)");
    }

    /// <summary>Dates and times in words, yes and no for true and false, all else as it is.</summary>
    public static string Of(string text, FieldType type) => type switch
    {
        FieldType.Boolean when text is "true" => "yes",
        FieldType.Boolean when text is "false" => "no",
        FieldType.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) => date.ToString("d MMM yyyy", British),
        FieldType.Datetime when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => Moment(moment),
        _ => text,
    };

    /// <summary>A length in the units that people know.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(British, $"{bytes} bytes"),
        < 1_000_000 => string.Create(British, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(British, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(British, $"{bytes / 1e9:0.##} GB"),
    };

    public static string Records(long count) => string.Create(British, $"{count:N0} {(count == 1 ? "record" : "records")}");

    private static string Moment(DateTimeOffset moment) =>
        moment.ToString(moment.Offset == TimeSpan.Zero ? "d MMM yyyy HH:mm:ss 'UTC'" : "d MMM yyyy HH:mm:ss zzz", British);
}
