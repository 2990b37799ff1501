namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>How large a data map may be. Past these, it is a mistake or an attack rather than a description that people read.</summary>
public static class DataMapLimits
{
    public const int Systems = 200;

    /// <summary>Per system.</summary>
    public const int Tables = 100;

    /// <summary>Per table.</summary>
    public const int Fields = 500;

    /// <summary>Per list of texts, such as purposes or recipients.</summary>
    public const int Texts = 50;

    /// <summary>Characters per text.</summary>
    public const int TextLength = 2_000;

    public const int FileBytes = 1024 * 1024;

    /// <summary>Lists and mappings within each other; ours need six.</summary>
    public const int Depth = 10;
}
