using System.Net;
using AngleSharp.Html.Parser;

namespace LocalDemo;

/// <summary>Somebody with a browser: opens a page and posts its form as a browser would, over HTTP.</summary>
public sealed class WebVisitor(HttpClient http)
{
    public async Task<WebAnswer> OpenAsync(Uri link, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(link, cancellation);
        return await ReadAsync(answer, cancellation);
    }

    /// <summary>Opens the page and fills in and posts its form with these fields; hidden fields keep their values.</summary>
    /// <exception cref="InvalidOperationException">The page has no form with all of these fields.</exception>
    public async Task<WebAnswer> FillInAsync(Uri link, IReadOnlyDictionary<string, string> fields, CancellationToken cancellation)
    {
        var page = await OpenAsync(link, cancellation);
        return await PostAsync(link, FieldsOfForm(page.Html, fields), cancellation);
    }

    /// <summary>Posts these fields without opening the page first.</summary>
    public async Task<WebAnswer> PostAsync(Uri link, IReadOnlyDictionary<string, string> fields, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(link, form, cancellation);
        return await ReadAsync(answer, cancellation);
    }

    private static Dictionary<string, string> FieldsOfForm(string html, IReadOnlyDictionary<string, string> fields)
    {
        var document = new HtmlParser().ParseDocument(html);
        var form = document.Forms.FirstOrDefault(candidate =>
            fields.Keys.All(name => candidate.QuerySelector($"[name='{name}']") is not null))
            ?? throw new InvalidOperationException(
                $"The page “{document.Title}” has no form with the fields {string.Join(", ", fields.Keys)}.");
        var all = form.QuerySelectorAll("input[type=hidden][name]")
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (var (name, value) in fields)
            all[name] = value;
        return all;
    }

    private static async Task<WebAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        new(answer.StatusCode, answer.Headers.Location, await answer.Content.ReadAsStringAsync(cancellation));
}

/// <param name="Location">Where a redirect leads; null otherwise.</param>
public sealed record WebAnswer(HttpStatusCode Status, Uri? Location, string Html)
{
    /// <summary>The page's heading, for a person to read.</summary>
    public string Title => new HtmlParser().ParseDocument(Html).QuerySelector("h1")?.TextContent.Trim() ?? "";
}
