namespace Spectrum.PrivacyFlows.Bundles.Packages;

/// <summary>Who answers, as every bundle names it (policy, sections 6 and 9).</summary>
internal static class Controller
{
    public const string Name = "IT@Spectrum Ltd";

    public const string Email = "dataprivacy@spectrum.tech";

    public const string Address = "Data Control Officer, The View, Bridgehead Business Park, Hull, HU13 0GD";
}
