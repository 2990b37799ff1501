namespace Spectrum.PrivacyFlows.Letters.Officer;

/// <summary>Puts what is pressing first, where a phone still shows it.</summary>
internal static class OfficerSubject
{
    public static string For(string ask, string reminder, bool isEscalation)
    {
        var pressing = reminder.Length > 0 ? $"{reminder}: {ask}" : ask;
        return isEscalation ? $"ESCALATION. {pressing}" : pressing;
    }
}
