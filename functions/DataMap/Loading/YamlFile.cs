using Spectrum.PrivacyFlows.Operations.Health;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>
/// Reads the plain part of YAML that a data map needs. Aliases, anchors, tags and deep nesting are refused before anything is
/// built from them, so that a hostile file costs no more than reading it.
/// </summary>
internal static class YamlFile
{
    /// <returns>The document's mapping, or null where there is none; then an error says why.</returns>
    public static YamlMappingNode? Read(string text, ErrorList errors)
    {
        try
        {
            if (!IsPlain(text, errors))
                return null;
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }])
                return root;
            errors.Add(
                Mark.Empty,
                yaml.Documents.Count > 1
                    ? "Holds more than one document ('---'); one file describes one system."
                    : "Holds no 'key: value' lines.");
        }
        catch (YamlException wrong)
        {
            // The parser's own words may quote the file at length; the place and the first line are what helps.
            errors.Add(wrong.Start, $"Is not valid YAML: {(wrong.InnerException ?? wrong).Message.Split('\n')[0]}");
        }
        return null;
    }

    private static bool IsPlain(string text, ErrorList errors)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            var reason = parser.Current switch
            {
                _ when depth > DataMapLimits.Depth + 2 => $"Is nested more than {DataMapLimits.Depth} levels deep.",
                AnchorAlias => "An alias ('*name') is not allowed; write the value out.",
                NodeEvent { Anchor.IsEmpty: false } => "An anchor ('&name') is not allowed; write the value out where it is wanted.",
                NodeEvent { Tag.IsEmpty: false } => "A tag ('!name') is not allowed.",
                _ => null,
            };
            if (reason is null)
                continue;
            errors.Add(parser.Current.Start, reason);
            return false;
        }
        return true;
    }
}
