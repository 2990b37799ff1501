using System.Buffers;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>
/// Text as a spreadsheet may show it: never taken for a formula (OWASP, CSV injection), and free of characters that no file of text has.
/// </summary>
internal static partial class SpreadsheetText
{
    /// <summary>An apostrophe in front tells spreadsheets that the cell is text.</summary>
    private const char TextMark = '\'';
    private const string TextMarkInside = "'";

    /// <summary>Where a spreadsheet may begin another cell.</summary>
    private static readonly SearchValues<char> CellEnds = SearchValues.Create(";\t\r\n\u0085\u2028\u2029");

    /// <summary>The last four are what some spreadsheets take for the first four.</summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>All controls but tab, line feed and carriage return, and lone halves of surrogate pairs.</summary>
    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Unprintable();

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex NegativeNumber();

    /// <summary>
    /// Where a spreadsheet may begin another cell within a value: after a semicolon, tab or line end, where the country or the person
    /// opening the file has it split there. It then takes no notice of our quotes, so they are looked through.
    /// </summary>
    [GeneratedRegex("""(?<=[;\t\r\n\u0085\u2028\u2029][ "'\u00A0]*)(?=[=+\-@＝＋－＠])""")]
    private static partial Regex InnerFormulaStart();

    /// <param name="text">As it is in the system.</param>
    /// <returns>With an apostrophe in front of whatever a spreadsheet could take for a formula, wherever it may begin a cell.</returns>
    public static string Harmless(string text)
    {
        var printable = Unprintable().Replace(text, "\uFFFD");
        var start = printable.AsSpan().TrimStart(' ');
        var isFormula = start.Length > 0 && FormulaStarts.Contains(start[0]) && !NegativeNumber().IsMatch(printable);
        // Most values hold no such place, and there are millions of them.
        var harmless = printable.AsSpan().ContainsAny(CellEnds) ? InnerFormulaStart().Replace(printable, TextMarkInside) : printable;
        return isFormula ? TextMark + harmless : harmless;
    }

    /// <summary>
    /// Quotes keep a value in one cell where a spreadsheet splits lines at semicolons or tabs, as it does in some countries.
    /// </summary>
    public static bool WantsQuotes(string text) => text.Length > 0 && (text[0] == TextMark || text.AsSpan().ContainsAny(';', '\t'));
}
