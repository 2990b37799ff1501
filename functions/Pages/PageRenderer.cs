using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>Puts a page's fields into its template, with the styles inside. No page has a script.</summary>
public sealed class PageRenderer(ContactDetails contacts)
{
    private static readonly string Styles = TemplateSet.Read(typeof(Page).Namespace + ".site.css");
    private readonly TemplateSet html = CreateTemplates(contacts);

    /// <summary>Lets a page show itself, use its own styles and send its form back to us, and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'; " +
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public string Render(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return html.Fill(page);
    }

    private static TemplateSet CreateTemplates(ContactDetails contacts)
    {
        var templates = new TemplateSet(typeof(Page).Namespace!, ".html", FieldEncoder.Html, contacts);
        templates.Add("styles", Styles);
        return templates;
    }
}
