using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Mail.Letters;

/// <summary>Puts what is pressing first, where a phone still shows it.</summary>
internal static class OfficerSubject
{
    /// <param name="ask">What to do, starting in lowercase.</param>
    /// <param name="dueOn">By when.</param>
    /// <param name="reminder">Empty for the first letter.</param>
    /// <param name="isEscalation">Whether it goes to the escalation address.</param>
    public static string For(string ask, DateOnly dueOn, string reminder, bool isEscalation)
    {
        var opening = (isEscalation, reminder.Length > 0) switch
        {
            (true, true) => $"Escalated, {reminder}: ",
            (true, false) => "Escalated: ",
            (false, true) => $"{reminder}: ",
            _ => "",
        };
        var line = $"{opening}{ask} by {PlainWords.Date(dueOn)}";
        return char.ToUpperInvariant(line[0]) + line[1..];
    }
}
