using System.Globalization;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>A code as people type, paste or hear it.</summary>
public static class TypedCode
{
    /// <summary>
    /// The code without spaces, dashes, dots, quotation marks and invisible characters, its digits in ASCII, whatever script they came in.
    /// What else was typed stays, so that it is no code.
    /// </summary>
    public static string Plain(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return string.Concat(
            typed.Where(c => !IsBetween(c)).Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDigitValue(c)) : c));
    }

    private static bool IsBetween(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format or UnicodeCategory.Control or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.InitialQuotePunctuation or
        UnicodeCategory.FinalQuotePunctuation
        || c is '.' or '"' or '\'' or '_' or '\u2212'; // The last is the minus sign.
}
