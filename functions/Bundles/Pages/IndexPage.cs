using System.Reflection;
using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>
/// Writes <c>index.html</c>: what a person opens first. It reads offline, runs nothing, loads nothing, and is short however much
/// the tables hold. Every value in it is encoded.
/// </summary>
internal static class IndexPage
{
    /// <param name="inner">Packages in folders of this one.</param>
    /// <param name="held">Every table that was searched, whether the package has it or not.</param>
    public static string Write(
        WrittenPackage package, IReadOnlyList<WrittenPackage> inner, IReadOnlyList<HeldTable> held, BundleRequest request,
        ContactDetails contacts)
    {
        var controller = contacts.Controller;
        var points = package.Contents.StatementFor(held);
        IReadOnlyList<SystemSection> systems =
            [.. package.Tables.GroupBy(table => table.System.Key).Select(tables => new SystemSection([.. tables]))];
        return new Html().Add($"""
            <!doctype html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <title>{package.Contents.Title}: request {request.Case.ToString()}</title>
            <style>
            {Style()}
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            {Header(package, request, contacts)}
            {Contents(points, systems)}
            <main id="main">
            {Overview(package, systems)}
            {StatementSection.Write(points)}
            {Tables(systems)}
            {UsingTheFiles.Write(inner, contacts)}
            </main>
            <footer>
            <p>{controller.LegalName}, {controller.PostalContact}<br><a href="mailto:{controller.Email}">{controller.Email}</a></p>
            <p>This page works without the internet. It runs no programs and sends nothing to anybody.</p>
            </footer>
            </body>
            </html>

            """).ToString();
    }

    private static Html Header(WrittenPackage package, BundleRequest request, ContactDetails contacts) => new Html().Add($"""
        <header>
        <p class="brand">{contacts.Controller.Name} · Privacy</p>
        <h1>{package.Contents.Title}</h1>
        <p class="lead">{package.Contents.Explanation}</p>
        <dl class="facts">
        <div><dt>Prepared for</dt><dd><bdi>{request.Person.Value}</bdi></dd></div>
        <div><dt>You asked on</dt><dd>{request.ReceivedOn}</dd></div>
        <div><dt>Case</dt><dd>{request.Case.ToString()}</dd></div>
        </dl>
        </header>
        """);

    private static Html Contents(IReadOnlyList<StatementPoint> points, IReadOnlyList<SystemSection> systems)
    {
        var list = new Html().Add($"""<li><a href="#overview">At a glance</a></li>""");
        if (points.Count > 0)
            list.Add($"""<li><a href="#statement">What you should know about it</a></li>""");
        foreach (var system in systems)
            list.Add($"""<li><a href="#{system.Id}">{system.Name}</a></li>""");
        list.Add($"""<li><a href="#files">How to use the files</a></li><li><a href="#help">Questions and complaints</a></li>""");
        return new Html().Add($"""<nav aria-label="On this page"><ul>{list}</ul></nav>""");
    }

    private static Html Overview(WrittenPackage package, IReadOnlyList<SystemSection> systems)
    {
        var holding = systems.Count(system => system.Records > 0);
        var records = holding == 0
            ? ""
            : $"{Paragraphs.Records(systems.Sum(system => system.Records))} in {(holding == 1 ? "one system" : $"{holding} systems")}";
        var cards = new Html();
        foreach (var system in systems)
            cards.Add($"{system.Card()}");
        return new Html().Add($"""
            <section id="overview" aria-labelledby="overview-title">
            <h2 id="overview-title">At a glance</h2>
            <p>{package.Contents.Answer(records)}</p>
            <ul class="cards">
            {cards}</ul>
            </section>
            """);
    }

    private static Html Tables(IReadOnlyList<SystemSection> systems)
    {
        var html = new Html();
        foreach (var system in systems)
            html.Add($"{system.Write()}\n");
        return html;
    }

    /// <summary>The style is ours and needs no encoding.</summary>
    private static Html Style()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(IndexPage), "IndexPage.css")!;
        using var reader = new StreamReader(resource);
        return Html.Trusted(reader.ReadToEnd());
    }
}
