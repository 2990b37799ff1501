using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>Puts a page's fields into its template, and that into the layout with its styles. No page has a script.</summary>
public static class PageRenderer
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string Styles = TemplateLibrary.Read(typeof(PageRenderer).Namespace + ".site.css");

    /// <summary>Lets a page show itself, use its own styles and send its form back to us, and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'; " +
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Render(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var context = new TemplateContext(page, TemplateFields.Options);
        var body = TemplateLibrary.Find(page.GetType().FullName + ".html").Render(context, Html);
        context.SetValue("body", new StringValue(body, encode: false));
        context.SetValue("styles", new StringValue(Styles, encode: false));
        return TemplateLibrary.Find(typeof(PageRenderer).Namespace + ".layout.html").Render(context, Html);
    }
}
