namespace Spectrum.PrivacyFlows.Settings;

/// <summary>One setting, as docs/settings.md lists it.</summary>
/// <param name="Name">As an environment variable has it, as in <c>Site__BaseUrl</c>.</param>
/// <param name="Meaning">What it is, a phrase.</param>
/// <param name="Range">What it may be, and the default where there is one.</param>
/// <param name="OnAzure">Where its value lives or comes from on Azure.</param>
public sealed record Setting(string Name, string Meaning, string Range, string OnAzure)
{
    /// <summary>It may be written down nowhere but in the vault.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The Functions host reads it and not the app.</summary>
    public bool IsTheHosts { get; init; }

    /// <summary>
    /// The template in infra/ sets it; what it does not set is for one machine, or for a choice that the template does not make.
    /// </summary>
    public bool IsSetOnAzure { get; init; } = true;

    /// <summary>As configuration has it, as in <c>Site:BaseUrl</c>.</summary>
    public string Key => Name.Replace("__", ":", StringComparison.Ordinal);
}
