using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalHost.Http;

/// <summary>
/// An ISO 8601 duration of a fixed length: weeks, days, hours, minutes and seconds. Years and months are refused, because
/// their length depends on the date.
/// </summary>
internal static partial class IsoDuration
{
    /// <summary>Ten years and a little; nobody means more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <param name="reason">What is wrong with <paramref name="text"/>, for a person; null where nothing is.</param>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? reason)
    {
        duration = TimeSpan.Zero;
        var match = Fixed().Match(text);
        if (!match.Success)
        {
            reason = $"'{text}' is not a duration such as P8D, PT36H, PT15M or P2W. Years and months have no fixed length: use days.";
            return false;
        }
        var seconds = Number(match, "w") * 604800 + Number(match, "d") * 86400 + Number(match, "h") * 3600 + Number(match, "m") * 60
            + Number(match, "s");
        reason = seconds > Longest.TotalSeconds ? $"'{text}' is longer than {Longest.TotalDays} days." : null;
        duration = reason is null ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return reason is null;
    }

    private static double Number(Match match, string part) =>
        match.Groups[part] is { Success: true } group ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^P(?=[0-9T])(?:(?<w>[0-9]{1,9})W)?(?:(?<d>[0-9]{1,9})D)?(?:T(?=[0-9])(?:(?<h>[0-9]{1,9})H)?(?:(?<m>[0-9]{1,9})M)?(?:(?<s>[0-9]{1,9}(?:\.[0-9]{1,7})?)S)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Fixed();
}
