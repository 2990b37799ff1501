using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

public sealed class LayoutTests
{
    private static readonly string[] NamesThatSayNothing = ["Helpers", "Utils", "Utilities", "Common", "Models", "Managers"];

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    public void Folders_AreAtMostThreeDeep(string top) =>
        AssertNone(SourceTree.Folders(top), folder => folder.Count(character => character == '/') > 3);

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    [InlineData("tests")]
    public void Folders_HoldAtMostTwelveFiles(string top) =>
        AssertNone(SourceTree.Folders(top), folder => SourceTree.FilesIn(folder).Count > 12);

    [Theory]
    [InlineData("functions")]
    [InlineData("local")]
    [InlineData("tests")]
    public void Folders_AreNamedAfterWhatTheyHold(string top) =>
        AssertNone(
            SourceTree.Folders(top), folder => NamesThatSayNothing.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Namespace_IsTheFolder()
    {
        var files = SourceTree.App
            .Where(tree => tree.FilePath.Contains('/', StringComparison.Ordinal) && Path.GetFileName(tree.FilePath) != "Program.cs")
            .ToList();
        AssertNone(
            files.Select(tree => (
                tree.FilePath,
                Declared: string.Join(", ", SourceTree.Nodes<BaseNamespaceDeclarationSyntax>(tree).Select(name => name.Name.ToString())))),
            file => file.Declared.Length > 0 && file.Declared != Expected(file.FilePath));

        static string Expected(string path) =>
            "Spectrum.PrivacyFlows" + Path.GetDirectoryName(path)!.Replace('\\', '/')["functions".Length..].Replace('/', '.');
    }

    [Fact]
    public void Namespace_IsDeclaredForTheWholeFile() =>
        Assert.Empty(SourceTree.Nodes<NamespaceDeclarationSyntax>(SourceTree.App).Select(SourceTree.Where));

    /// <summary>None offends, and there was something to look at.</summary>
    internal static void AssertNone<T>(IEnumerable<T> examined, Func<T, bool> offends)
    {
        var all = examined.ToList();
        Assert.NotEmpty(all);
        var offenders = all.Where(offends).ToList();
        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
    }
}
