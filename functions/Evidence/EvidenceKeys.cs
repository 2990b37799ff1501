using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>Keys of lines that one part of the app writes and another looks for.</summary>
internal static class EvidenceKeys
{
    /// <summary>In the system's record: this number has no case, and the line says why.</summary>
    public static string NumberUnused(CaseId number) => $"number-unused/{number}";
}
