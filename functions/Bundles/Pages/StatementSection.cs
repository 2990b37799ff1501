using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>What the law wants said, point by point.</summary>
internal static class StatementSection
{
    public static Html Write(IReadOnlyList<StatementPoint> points)
    {
        if (points.Count == 0)
            return new Html();
        var html = new Html().Add($"""
            <section id="statement" aria-labelledby="statement-title">
            <h2 id="statement-title">What you should know about it</h2>
            <ol class="points">

            """);
        foreach (var point in points)
            html.Add($"{Point(point)}\n");
        return html.Add($"</ol>\n</section>");
    }

    private static Html Point(StatementPoint point)
    {
        var html = new Html().Add($"""<li id="{point.Id}"><h3>{point.Title}</h3>""");
        foreach (var paragraph in point.Paragraphs)
            html.Add($"<p>{paragraph}</p>");
        if (point.Items.Count > 0)
            html.Add($"<dl>{Items(point)}</dl>");
        return html.Add($"</li>");
    }

    private static Html Items(StatementPoint point)
    {
        var html = new Html();
        // Tables of which the same holds share one entry.
        foreach (var same in point.Items.GroupBy(item => string.Join('\n', item.Texts)))
        {
            html.Add($"<div><dt>{Lines([.. same.Select(item => item.Term)])}</dt><dd>{Lines(same.First().Texts)}</dd></div>");
        }
        return html;
    }

    private static Html Lines(IReadOnlyList<string> lines)
    {
        var html = new Html();
        foreach (var line in lines)
            html.Add($"<span>{line}</span>");
        return html;
    }
}
