namespace Spectrum.PrivacyFlows.Law;

/// <summary>What the rights are called in plain words.</summary>
public static class RightNames
{
    public static string InWords(this Right right) => right switch
    {
        Right.Access => "a copy of their data (access, Article 15)",
        Right.Portability => "their data to take elsewhere (portability, Article 20)",
        Right.Rectification => "a correction (rectification, Article 16)",
        Right.Erasure => "deletion (erasure, Article 17)",
        Right.Restriction => "a limit on use (restriction, Article 18)",
        Right.Objection => "an end to a use (objection, Article 21)",
        Right.AutomatedDecisions => "a human look at an automated decision (Article 22A)",
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };

    /// <summary>All of them, joined with "and"; empty where there are none.</summary>
    public static string InWords(IReadOnlyList<Right> rights) => string.Join(" and ", rights.Select(InWords));
}
