using System.Collections.Concurrent;
using System.Reflection;
using Fluid;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>The Liquid templates that lie beside their records and are embedded in the app, parsed once each.</summary>
internal static class TemplateLibrary
{
    private static readonly Assembly Home = typeof(TemplateLibrary).Assembly;
    private static readonly FluidParser Parser = new();
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Parsed = new();

    /// <param name="resource">Namespace and file name, as in <c>Spectrum.PrivacyFlows.Letters.layout.html</c>.</param>
    public static IFluidTemplate Find(string resource) => Parsed.GetOrAdd(resource, static name => Parser.Parse(Read(name)));

    /// <summary>An embedded file with LF line ends, whatever the checkout did to it: a browser hashes styles that way.</summary>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(string resource)
    {
        using var stream = Home.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The template {resource} is not embedded in the app.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
