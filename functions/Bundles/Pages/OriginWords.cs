using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

internal static class OriginWords
{
    /// <summary>How we came to have a value, as a sentence.</summary>
    public static string Of(DataOrigin origin) => origin switch
    {
        DataOrigin.Provided => "Given to us.",
        DataOrigin.Observed => "Recorded while our services were used.",
        DataOrigin.Derived => "Worked out by us from other data.",
        _ => "Our estimate.",
    };
}
