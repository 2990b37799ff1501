using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>The folders of the app form layers: each needs only what lies below it.</summary>
public sealed class LayerTests(ITestOutputHelper output)
{
    [Fact]
    public void TheFoldersOfTheApp_FormLayersWithoutACycle()
    {
        var graph = FolderGraph.Of(typeof(CaseId).Assembly, "Spectrum.PrivacyFlows");
        var layers = graph.Layers();
        foreach (var (layer, number) in layers.Select((layer, number) => (layer, number)).Reverse())
            output.WriteLine($"{number + 1}  {string.Join("  ", layer)}");
        var cycles = graph.Cycles();
        // Not Assert.Empty: it cuts short what makes the cycle.
        Assert.True(cycles.Count == 0, string.Join('\n', cycles));
        Assert.True(layers.Count > 3, "The graph was not read.");
    }

    [Fact]
    public void GivenACycle_ItsEdgesAreNamed_AndWhatIsBelowItIsStillInLayers()
    {
        var graph = FolderGraph.Of(("Mail", "Cases"), ("Cases", "Law"), ("Law", "Mail"), ("Cases", "Text"));
        Assert.Equal(["Cases needs Law: Cases -> Law", "Law needs Mail: Law -> Mail", "Mail needs Cases: Mail -> Cases"], graph.Cycles());
        Assert.Equal(["Text"], Assert.Single(graph.Layers()));
    }

    [Fact]
    public void WhatOnlyABodyNames_IsSeen() =>
        Assert.Contains(
            FolderGraph.Of(typeof(LayerTests).Assembly, "Spectrum.PrivacyFlows.Tests").Edges.Keys,
            edge => edge == ("Deployment", "Templates"));
}
