using System.Collections.Concurrent;
using System.Reflection;
using HandlebarsDotNet;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>
/// The Handlebars templates below one namespace that lie beside their records and are embedded in the app. A file whose
/// name starts with a small letter is a part that the others use. A template that names an unknown field fails instead of leaving a gap.
/// </summary>
internal sealed class TemplateSet
{
    private static readonly Assembly Home = typeof(TemplateSet).Assembly;
    private readonly ConcurrentDictionary<Type, HandlebarsTemplate<object, object>> compiled = new();
    private readonly IHandlebars handlebars;
    private readonly Dictionary<string, object> data;
    private readonly string ending;

    /// <param name="root">The namespace, as in <c>Spectrum.PrivacyFlows.Letters</c>.</param>
    /// <param name="ending">Of the files, as in <c>.html</c>.</param>
    /// <param name="encoder">How fields are written.</param>
    /// <param name="contacts">What every template may name, as in <c>{{@controller.Email}}</c> and <c>{{@regulator.Name}}</c>.</param>
    public TemplateSet(string root, string ending, FieldEncoder encoder, ContactDetails contacts)
    {
        data = new Dictionary<string, object> { ["controller"] = contacts.Controller, ["regulator"] = contacts.Regulator };
        this.ending = ending;
        handlebars = Handlebars.Create(new HandlebarsConfiguration
        {
            TextEncoder = encoder,
            ThrowOnUnresolvedBindingExpression = true,
            FormatterProviders = { new FieldFormatter() },
        });
        TemplateWords.AddTo(handlebars);
        foreach (var part in Parts(root + ".", ending))
            handlebars.RegisterTemplate(part.Split('.')[^2], Read(part));
    }

    /// <summary>Fills the template that has the name of the model's type.</summary>
    public string Fill(object model) =>
        compiled.GetOrAdd(model.GetType(), type => handlebars.Compile(Read(type.FullName + ending)))(model, data);

    /// <summary>Makes a text that is no template a part as well.</summary>
    public void Add(string part, string text) => handlebars.RegisterTemplate(part, text);

    /// <summary>An embedded file with LF line ends, whatever the checkout did to it: a browser hashes styles that way.</summary>
    /// <param name="resource">Namespace and file name, as in <c>Spectrum.PrivacyFlows.Pages.site.css</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(string resource)
    {
        using var stream = Home.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The template {resource} is not embedded in the app.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static IEnumerable<string> Parts(string root, string ending) =>
        Home.GetManifestResourceNames().Where(name =>
            name.StartsWith(root, StringComparison.Ordinal)
            && name.EndsWith(ending, StringComparison.Ordinal)
            && char.IsAsciiLetterLower(name.Split('.')[^2][0]));
}
