namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>One choice of the sort page.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Label">What it says.</param>
/// <param name="Hint">What follows from it.</param>
/// <param name="IsChosen">Whether it was chosen when the form was last sent.</param>
public sealed record SortAnswer(string Value, string Label, string Hint, bool IsChosen)
{
    internal static IReadOnlyList<SortAnswer> All(string chosen) =>
    [
        new("access", "A copy of their data", "Access (Article 15)", chosen == "access"),
        new("portability", "Their data to take elsewhere", "Portability (Article 20)", chosen == "portability"),
        new("both", "Both", "Access and portability", chosen == "both"),
        new(
            "answered",
            "Something else, and I have answered it myself",
            "Closes the case. Please say below what you did.",
            chosen == "answered"),
        new("none", "It is not a privacy request", "Closes the case. Please say below why.", chosen == "none"),
    ];
}
