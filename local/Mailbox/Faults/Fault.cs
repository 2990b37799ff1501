using System.Text.RegularExpressions;

namespace LocalMailbox.Faults;

/// <summary>What goes wrong, how often, for which calls.</summary>
/// <param name="Path">A regular expression, or part of "METHOD /path?query", without regard to case. Empty: every call.</param>
/// <param name="Count">How many of the next such calls: at least 1.</param>
/// <param name="Kind">429, 500, 503, 504, 410, timeout, lostAnswer, duplicateNotification or missingNotification.</param>
/// <param name="RetryAfterSeconds">For 429 and 503; 1 if not said for 429, none for 503.</param>
internal sealed record Fault(string? Path, int Count, string Kind, int? RetryAfterSeconds)
{
    public static readonly string[] OfCalls = ["429", "500", "503", "504", "410", "timeout", "lostAnswer"];

    public static readonly string[] OfNotifications = ["duplicateNotification", "missingNotification"];

    public bool Fits(string call)
    {
        if (string.IsNullOrEmpty(Path) || call.Contains(Path, StringComparison.OrdinalIgnoreCase))
            return true;
        try
        {
            return Regex.IsMatch(call, Path, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            // Not a regular expression, then: it was looked for as it stands.
            return false;
        }
    }
}
