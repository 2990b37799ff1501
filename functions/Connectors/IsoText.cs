using System.Buffers.Text;
using System.Text;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>Dates and times as text, in ISO 8601: checked, and brought to one form without changing what they say.</summary>
internal static class IsoText
{
    /// <summary>Longest that <see cref="TryDatetime"/> writes: nine digits of a second and an offset.</summary>
    public const int MaxLength = 40;

    /// <summary><c>yyyy-MM-dd</c> and a day that exists.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' &&
        TryNumber(text[..4], 1, 9999, out var year) && TryNumber(text[5..7], 1, 12, out var month) &&
        TryNumber(text[8..], 1, DateTime.DaysInMonth(year, month), out _);

    /// <summary>
    /// Takes <c>yyyy-MM-dd</c>, <c>T</c> or a space, <c>HH:mm</c>, perhaps <c>:ss</c> and up to nine decimals, perhaps <c>Z</c> or
    /// <c>±HH:mm</c>. Writes it with a <c>T</c> and seconds; an offset stays as it is, and where there is none, none is made up.
    /// </summary>
    public static bool TryDatetime(ReadOnlySpan<byte> text, Span<byte> result, out int written)
    {
        written = 0;
        if (text.Length is < 16 or > 35
                || !IsDate(text[..10])
                || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
                || !IsClock(text[11..16], 23))
            return false;
        text[..16].CopyTo(result);
        result[10] = (byte)'T';
        var rest = text[16..];
        var seconds = SecondsLength(rest);
        if (seconds < 0 || !IsOffset(rest[seconds..]))
            return false;
        (seconds == 0 ? ":00"u8 : rest[..seconds]).CopyTo(result[16..]);
        written = 16 + Math.Max(seconds, 3);
        rest[seconds..].CopyTo(result[written..]);
        if (rest[seconds..] is [(byte)'z'])
            result[written] = (byte)'Z';
        written += rest.Length - seconds;
        return true;
    }

    public static bool IsDate(string text) => IsDate(Encoding.UTF8.GetBytes(text));

    /// <returns>Null where it is no date and time.</returns>
    public static string? Datetime(string text)
    {
        Span<byte> result = stackalloc byte[MaxLength];
        return TryDatetime(Encoding.UTF8.GetBytes(text), result, out var written) ? Encoding.UTF8.GetString(result[..written]) : null;
    }

    private static int SecondsLength(ReadOnlySpan<byte> rest)
    {
        if (rest is not [(byte)':', ..])
            return 0;
        if (rest.Length < 3 || !TryNumber(rest[1..3], 0, 59, out _))
            return -1;
        if (rest.Length == 3 || rest[3] != '.')
            return 3;
        var decimals = rest[4..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = decimals < 0 ? rest.Length - 4 : decimals;
        return digits is >= 1 and <= 9 ? 4 + digits : -1;
    }

    private static bool IsOffset(ReadOnlySpan<byte> text) =>
        text is [] or [(byte)'Z' or (byte)'z'] || (text is [(byte)'+' or (byte)'-', ..] && text.Length == 6 && IsClock(text[1..], 18));

    private static bool IsClock(ReadOnlySpan<byte> text, int maxHour) =>
        text[2] == ':' && TryNumber(text[..2], 0, maxHour, out _) && TryNumber(text[3..], 0, 59, out _);

    private static bool TryNumber(ReadOnlySpan<byte> digits, int min, int max, out int number) =>
        Utf8Parser.TryParse(digits, out number, out var used)
        && used == digits.Length
        && digits[0] is >= (byte)'0' and <= (byte)'9'
        && number >= min
        && number <= max;
}
