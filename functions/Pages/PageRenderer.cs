using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>Puts a page's fields into its template, with the styles inside. No page has a script.</summary>
public static class PageRenderer
{
    private static readonly string Styles = TemplateSet.Read(typeof(Page).Namespace + ".site.css");
    private static readonly TemplateSet Html = CreateTemplates();

    /// <summary>Lets a page show itself, use its own styles and send its form back to us, and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'; " +
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Render(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Html.Fill(page);
    }

    private static TemplateSet CreateTemplates()
    {
        var templates = new TemplateSet(typeof(Page).Namespace!, ".html", FieldEncoder.Html);
        templates.Add("styles", Styles);
        return templates;
    }
}
