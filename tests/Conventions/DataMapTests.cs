using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>A new system is one YAML file and no code, so no code knows one.</summary>
public sealed class DataMapTests
{
    [Fact]
    public void NoSystemOfRecord_IsNamedInCode()
    {
        var systems = SourceTree.FilesIn("functions/DataMap")
            .Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToList();
        Assert.NotEmpty(systems);
        var named = new Regex($"(?<![a-z0-9-])({string.Join('|', systems.Select(Regex.Escape))})(?![a-z0-9-])", RegexOptions.IgnoreCase);
        LayoutTests.AssertNone(Texts(), text => named.IsMatch(text.Text));
    }

    /// <summary>String literals and the fixed parts of interpolated ones.</summary>
    private static IEnumerable<(string Where, string Text)> Texts() => SourceTree.Nodes<SyntaxNode>(SourceTree.App)
        .Select(node => (Node: node, Text: node switch
        {
            LiteralExpressionSyntax literal when literal.Kind() is
                SyntaxKind.StringLiteralExpression or SyntaxKind.Utf8StringLiteralExpression => literal.Token.ValueText,
            InterpolatedStringTextSyntax part => part.TextToken.ValueText,
            _ => "",
        }))
        .Where(found => found.Text.Length > 0)
        .Select(found => (SourceTree.Where(found.Node), found.Text));
}
