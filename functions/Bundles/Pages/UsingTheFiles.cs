using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>Which file is for what, and where to turn.</summary>
internal static class UsingTheFiles
{
    public static Html Write(IReadOnlyList<WrittenPackage> inner, ContactDetails contacts) =>
        Write(inner, contacts.Controller, contacts.Regulator);

    private static Html Write(
        IReadOnlyList<WrittenPackage> inner, ControllerSettings controller, RegulatorSettings regulator) => new Html().Add($"""
        <section id="files" aria-labelledby="files-title">
        <h2 id="files-title">How to use the files</h2>
        <p>Every table is in the folder <code>data</code> twice, with the same records.</p>
        <dl>
        <dt>To look at it yourself: the files that end in .csv</dt>
        <dd>They open in Excel, Numbers, LibreOffice or Google Sheets. So that nothing in them can run as a formula, a text that starts with = + - or @ has an apostrophe in front, and so has such a sign after a semicolon, tab or line break; plain negative numbers stay as they are.</dd>
        <dt>For programs: the files that end in .json</dt>
        <dd>They hold every value exactly as it is in our systems. <code>datapackage.json</code> tells a program what each file and column is, and has a SHA-256 checksum for each file.</dd>
        {Inner(inner)}</dl>
        <p>Keep these files where only you can read them.</p>
        </section>
        <section id="help" aria-labelledby="help-title">
        <h2 id="help-title">Questions and complaints</h2>
        <p>Is something wrong, missing, or hard to understand? Write to <a href="mailto:{controller.Email}">{controller.Email}</a>, or to {controller.LegalName}, {controller.PostalContact}. Please name your case.</p>
        <p>If you are not happy with our answer, complain to us at the same address: we tell you within 30 days that we have your complaint, and look into it. You can also complain to the {regulator.Name} (the {regulator.ShortName}) at <a href="{regulator.ComplaintUrl}" rel="noreferrer">{regulator.ComplaintUrlInWords}</a> or on {regulator.Telephone}, and you can go to court.</p>
        </section>
        """);

    private static Html Inner(IReadOnlyList<WrittenPackage> inner)
    {
        var html = new Html();
        foreach (var package in inner)
            html.Add(
                $"<dt>{package.Contents.Title}: the folder {package.Folder.TrimEnd('/')}</dt>"
                + $"<dd>{package.Contents.Explanation} The folder is complete in itself.</dd>\n");
        return html;
    }
}
