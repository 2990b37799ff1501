using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace LocalHost.Setup;

/// <summary>What started and where to open it: said on the terminal, and listed on the page at <c>/</c>.</summary>
internal sealed partial class Announcements(bool silent)
{
    private readonly ConcurrentQueue<string> said = new();

    public void Say(string line)
    {
        said.Enqueue(line);
        if (!silent)
            Console.WriteLine(line);
    }

    public IResult Page()
    {
        var lines = said.Select(line => $"<li>{Address().Replace(HtmlEncoder.Default.Encode(line), "<a href=\"$0\">$0</a>")}</li>");
        return Results.Content(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Running here</title><h1>Running here</h1>"
                + $"<ul>{string.Concat(lines)}</ul></html>",
            "text/html");
    }

    [GeneratedRegex("https?://[^\\s<]+")]
    private static partial Regex Address();
}
