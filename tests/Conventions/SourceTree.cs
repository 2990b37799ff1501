using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>The repository's files as they are, and the app's source as the compiler understands it.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules"];
    private static readonly Lazy<CSharpCompilation> Compiled = new(Compile);
    private static readonly ConcurrentDictionary<SyntaxTree, SemanticModel> Models = new();

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The app as it is compiled.</summary>
    public static CSharpCompilation Compilation => Compiled.Value;

    /// <summary>The app's syntax trees, paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<SyntaxTree> App { get; } =
        [.. Compiled.Value.SyntaxTrees.Where(tree => tree.FilePath.StartsWith("functions/", StringComparison.Ordinal))];

    /// <summary>Those of one kind, as in <c>.Orchestration.cs</c>.</summary>
    public static IReadOnlyList<SyntaxTree> AppFiles(string ending) =>
        [.. App.Where(tree => tree.FilePath.EndsWith(ending, StringComparison.Ordinal))];

    public static IEnumerable<T> Nodes<T>(params IEnumerable<SyntaxTree> trees)
        where T : SyntaxNode => trees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<T>());

    public static SemanticModel ModelOf(SyntaxTree tree) => Models.GetOrAdd(tree, made => Compiled.Value.GetSemanticModel(made));

    /// <summary>
    /// Folders and files below a folder of the root, relative to the root; neither build output nor what a package manager brought.
    /// </summary>
    public static IReadOnlyList<string> Folders(string top) =>
        [.. Directory.EnumerateDirectories(Path.Combine(Root, top), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(Root, top))
            .Select(Relative)
            .Where(IsOurs)
            .Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder)).Select(Relative)];

    public static string Where(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static CSharpCompilation Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = Folders("functions").SelectMany(FilesIn).Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Root, file)), options, file));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) != "Spectrum.PrivacyFlows.dll").Select(file => MetadataReference.CreateFromFile(file));
        return CSharpCompilation.Create(
            "Conventions", trees.Append(CSharpSyntaxTree.ParseText(GlobalUsings, options, "usings")), references);
    }

    // What the project file and the SDK add to every file.
    private const string GlobalUsings = """
        global using Microsoft.Azure.Functions.Worker;
        global using Microsoft.Azure.Functions.Worker.Builder;
        global using Microsoft.Azure.Functions.Worker.Middleware;
        global using Microsoft.DurableTask;
        global using Microsoft.DurableTask.Client;
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static bool IsOurs(string folder) => !folder.Split('/').Any(part => NotOurs.Contains(part) || part.StartsWith('.'));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!folder.EnumerateFiles("Spectrum.PrivacyFlows.sln").Any())
            folder = folder.Parent
                ?? throw new InvalidOperationException("The tests run outside the repository, whose files these tests are about.");
        return folder.FullName;
    }
}
