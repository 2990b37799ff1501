namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>What the officer may say of a request that no rule understood.</summary>
public static class SortChoice
{
    public const string Access = "access";
    public const string Portability = "portability";
    public const string Both = "both";

    /// <summary>I have answered it myself.</summary>
    public const string Answered = "answered";

    /// <summary>It is not a privacy request.</summary>
    public const string None = "none";

    public static readonly IReadOnlyList<string> All = [Access, Portability, Both, Answered, None];
}
