using System.Globalization;
using System.Text;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.FileProviders;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Letters.Officer;
using Spectrum.PrivacyFlows.Pages.Officer;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>How the fields of records become text in a template: one way for each type, so that a template only names them.</summary>
internal static class TemplateFields
{
    /// <summary>A template that names an unknown field or filter fails instead of leaving a gap.</summary>
    public static TemplateOptions Options { get; } = Create();

    /// <summary>
    /// Text as one line: control characters and line breaks become spaces, so that a field cannot add a line of its own,
    /// and so do the marks that reverse the direction of what follows.
    /// </summary>
    public static string Flatten(string text)
    {
        var flat = new StringBuilder(text.Length);
        foreach (var c in text)
            flat.Append(BreaksTheLine(c) ? ' ' : c);
        return flat.ToString().Trim();
    }

    private static bool BreaksTheLine(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ||
        c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static TemplateOptions Create()
    {
        var options = new TemplateOptions
        {
            StrictVariables = true,
            StrictFilters = true,
            FileProvider = new EmbeddedFileProvider(typeof(TemplateFields).Assembly, "Spectrum.PrivacyFlows"),
        };
        options.MemberAccessStrategy.Register<SystemFinding>();
        options.MemberAccessStrategy.Register<TimelineEntry>();
        options.ValueConverters.Add(Convert);
        options.Filters.AddFilter("count", (input, _, _) => new StringValue(PlainWords.Count((long)input.ToNumberValue())));
        options.Filters.AddFilter("size", (input, _, _) => new StringValue(PlainWords.Size((long)input.ToNumberValue())));
        options.Filters.AddFilter("days_left", (input, _, _) => new StringValue(PlainWords.DaysLeft((int)input.ToNumberValue())));
        options.Filters.AddFilter("plainly", (input, _, _) => new StringValue(PlainWords.ForThePerson(Enum.Parse<Right>(input.ToStringValue()))));
        options.Filters.AddFilter("by_law", (input, _, _) => new StringValue(PlainWords.ForTheOfficer(Enum.Parse<Right>(input.ToStringValue()))));
        return options;
    }

    private static object? Convert(object value) => value switch
    {
        string text => new StringValue(Flatten(text)),
        CaseId id => new StringValue(id.ToString()),
        EmailAddress address => new StringValue(Flatten(address.Value)),
        DateOnly date => new StringValue(PlainWords.Date(date)),
        DateTimeOffset moment => new StringValue(PlainWords.Moment(moment)),
        Uri link => new StringValue(WebLink(link)),
        Enum choice => new StringValue(choice.ToString()),
        _ => null,
    };

    /// <summary>Encoding alone does not make a link safe: <c>javascript:</c> survives it.</summary>
    private static string WebLink(Uri link) =>
        link.IsAbsoluteUri && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? link.AbsoluteUri
            : throw new ArgumentException("A letter or page may link to absolute http and https addresses only.", nameof(link));
}
