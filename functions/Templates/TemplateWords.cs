using HandlebarsDotNet;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>
/// The words that a template may put before a field, as in <c>{{size Bytes}}</c>. What they give is encoded as any field is.
/// </summary>
internal static class TemplateWords
{
    public static void AddTo(IHandlebars handlebars)
    {
        Add(handlebars, "count", value => PlainWords.Count(Number(value)));
        Add(handlebars, "size", value => PlainWords.Size(Number(value)));
        Add(handlebars, "daysLeft", value => PlainWords.DaysLeft((int)Number(value)));
        Add(handlebars, "plainly", value => PlainWords.ForThePerson((Right)value));
        Add(handlebars, "byLaw", value => string.Join(", ", ((IEnumerable<Right>)value).Select(PlainWords.ForTheOfficer)));
    }

    private static void Add(IHandlebars handlebars, string name, Func<object, string> words) =>
        handlebars.RegisterHelper(
            name, (Context _, Arguments arguments) => words(arguments[0] ?? throw new ArgumentException($"{name} wants a field.")));

    private static long Number(object value) => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
}
