using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>
/// The limit is .editorconfig's, which editors show but neither the compiler nor <c>dotnet format</c> enforces. A text that would change if
/// it were broken (a page's HTML, a pattern, a line of JSON) may pass it.
/// </summary>
public sealed class LineLengthTests
{
    private const int Limit = 140;

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    [InlineData("tests")]
    public void Lines_AreAtMost140CharactersLong(string top) =>
        Assert.Empty(SourceTree.Folders(top).SelectMany(SourceTree.FilesIn).Where(IsCode).SelectMany(file =>
            TooLong(File.ReadAllText(Path.Combine(SourceTree.Root, file))).Select(line => $"{file}:{line}")));

    [Fact]
    public void TheLimit_IsTheEditorsToo() =>
        Assert.Contains($"max_line_length = {Limit}", File.ReadLines(Path.Combine(SourceTree.Root, ".editorconfig")));

    [Theory]
    [InlineData("/* {0} */", 1)]
    [InlineData("var {0} = 1;", 1)]
    [InlineData("Call(\"{0}\");", 0)]
    [InlineData("Call($\"{{a}}{0}\");", 0)]
    [InlineData("Call(\"\"\"\n  {0}\n  \"\"\");", 0)]
    public void OnlyText_MayBeLonger(string code, int found) =>
        Assert.Equal(found, TooLong(string.Format(null, code, new string('a', Limit + 20))).Count());

    private static bool IsCode(string file) => file.EndsWith(".cs", StringComparison.Ordinal);

    private static IEnumerable<int> TooLong(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview));
        return tree.GetText().Lines
            .Where(line => line.Span.Length > Limit && !IsText(tree.GetRoot().FindToken(line.Start + Limit), line.Start + Limit))
            .Select(line => line.LineNumber + 1);
    }

    private static bool IsText(SyntaxToken token, int position) =>
        token.Span.Contains(position)
        && (token.IsKind(SyntaxKind.StringLiteralToken)
            || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken)
            || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
            || token.Parent!.AncestorsAndSelf().Any(node => node is InterpolatedStringExpressionSyntax));
}
