namespace Spectrum.PrivacyFlows.Settings;

/// <summary>Settings are missing, wrong or contradict one another, and the app cannot start with them. Values are not repeated: they may be secrets.</summary>
public sealed class SettingsException(IReadOnlyList<SettingProblem> problems) : Exception(Describe(problems))
{
    /// <summary>One at least.</summary>
    public IReadOnlyList<SettingProblem> Problems { get; } = problems;

    private static string Describe(IReadOnlyList<SettingProblem> problems) =>
        problems.Count == 1 ? problems[0].ToString() : $"{problems.Count} settings are not right:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}";
}

/// <param name="Setting">Its name as an environment variable has it, as in <c>Site__BaseUrl</c>.</param>
/// <param name="Rule">What is wrong and what would be right; ends the sentence "The setting X …".</param>
public sealed record SettingProblem(string Setting, string Rule)
{
    public override string ToString() => $"The setting {Setting} {Rule}";
}
