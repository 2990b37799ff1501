using Microsoft.Extensions.Options;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>
/// Settings are missing, wrong or contradict one another, and the app cannot start with them. Values are not repeated: they may be secrets.
/// The message is one line, since of what a worker says as it ends the Functions host shows the first line only.
/// </summary>
public sealed class SettingsException(IReadOnlyList<SettingProblem> problems)
    : OptionsValidationException(Options.DefaultName, typeof(SettingCatalogue), problems.Select(problem => problem.ToString()))
{
    /// <summary>One at least.</summary>
    public IReadOnlyList<SettingProblem> Problems { get; } = problems;

    public override string Message => Problems.Count == 1
        ? $"{Problems[0]}"
        : $"{Problems.Count} settings are not right:{string.Concat(Problems.Select((problem, index) => $" ({index + 1}) {problem}"))}";
}

/// <param name="Setting">Its name as an environment variable has it, as in <c>Site__BaseUrl</c>.</param>
/// <param name="Rule">What is wrong and what would be right; ends the sentence "The setting X …".</param>
public sealed record SettingProblem(string Setting, string Rule)
{
    public override string ToString() => $"The setting {Setting} {Rule}".ReplaceLineEndings(" ");
}
