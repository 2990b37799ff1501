namespace Spectrum.PrivacyFlows.Settings;

/// <summary>A setting is missing or wrong, and the app cannot start with it.</summary>
/// <param name="setting">Its name as an environment variable has it, as in <c>Site__BaseUrl</c>.</param>
/// <param name="problem">What is wrong and what would be right, never the value: it may be a secret.</param>
public sealed class SettingsException(string setting, string problem) : Exception($"The setting {setting} {problem}")
{
    public string Setting { get; } = setting;
}
