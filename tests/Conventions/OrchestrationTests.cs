using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>
/// An orchestration is replayed, so it decides and waits and does nothing else. What Microsoft's analysers see is theirs, as
/// <see cref="DurableAnalyzerTests"/> shows; the lists here hold the rest.
/// </summary>
public sealed class OrchestrationTests
{
    private const string Ending = ".Orchestration.cs";

    private static readonly HashSet<string> BannedTypes =
    [
        "System.TimeProvider", "System.Random", "System.Environment", "System.Console", "System.Diagnostics.Stopwatch",
        "System.Threading.Thread", "System.Threading.Timer",
        "System.Threading.PeriodicTimer", "System.Threading.Tasks.Parallel", "System.Threading.Tasks.TaskFactory",
        "System.Security.Cryptography.RandomNumberGenerator", "System.IServiceProvider",
        "Microsoft.Extensions.Configuration.IConfiguration", "Microsoft.Extensions.Logging.ILogger",
    ];

    private static readonly HashSet<string> BannedMembers =
    [
        "System.Guid.CreateVersion7", "System.Threading.Tasks.Task.Yield", "System.Threading.Tasks.Task.ConfigureAwait",
        "System.Threading.Tasks.Task.Wait", "System.Threading.Tasks.Task.Result",
    ];

    private static readonly string[] BannedNamespaces =
    [
        "System.IO", "System.Net", "System.Data", "Azure", "Microsoft.Graph", "Microsoft.Extensions.DependencyInjection",
    ];

    [Fact]
    public void Orchestrations_NameNoClockChanceThreadOrOutsideWorld() =>
        LayoutTests.AssertNone(SymbolsUsed(), used => IsBanned(used.Symbol));

    [Fact]
    public void Orchestrations_AwaitOnlyWhatIsDurable() => LayoutTests.AssertNone(
        SourceTree.Nodes<AwaitExpressionSyntax>(SourceTree.AppFiles(Ending))
            .Select(await => (Where: SourceTree.Where(await), await.Expression)),
        found => !IsDurable(found.Expression));

    [Fact]
    public void Orchestrations_UseNoServiceOfTheApp() =>
        LayoutTests.AssertNone(SymbolsUsed(), used =>
            used.Symbol is { IsStatic: false } and (IMethodSymbol or IPropertySymbol or IFieldSymbol)
            && IsService(used.Symbol.ContainingType));

    [Fact]
    public void TheStory_IsAtMostFiftyLines()
    {
        var story = Assert.Single(SourceTree.App, tree => tree.FilePath == "functions/PrivacyRequest.Orchestration.cs");
        LayoutTests.AssertNone(
            SourceTree.Nodes<MethodDeclarationSyntax>(story), method => method.ToString().Count(character => character == '\n') >= 50);
    }

    [Theory]
    [InlineData("OrchestrationTrigger", Ending)]
    [InlineData("ActivityTrigger", ".Activity.cs")]
    public void Triggers_AreInFilesOfTheirKind(string trigger, string ending) => LayoutTests.AssertNone(
        Triggers(trigger).Select(SourceTree.Where),
        where => !where.Split(':')[0].EndsWith(ending, StringComparison.Ordinal));

    [Fact]
    public void ActivityFiles_HoldAnActivity() => LayoutTests.AssertNone(
        SourceTree.AppFiles(".Activity.cs").Select(tree => tree.FilePath),
        file => !Triggers("ActivityTrigger").Any(trigger => trigger.SyntaxTree.FilePath == file));

    private static IEnumerable<AttributeSyntax> Triggers(string name) =>
        SourceTree.Nodes<AttributeSyntax>(SourceTree.App).Where(attribute => attribute.Name.ToString() == name);

    /// <summary>Every symbol that orchestrations name, but for those inside <c>nameof</c>: they are how an activity is called.</summary>
    private static IEnumerable<(string Where, ISymbol Symbol)> SymbolsUsed() =>
        from name in SourceTree.Nodes<SimpleNameSyntax>(SourceTree.AppFiles(Ending))
        where !name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "nameof")
            && !name.Ancestors().OfType<UsingDirectiveSyntax>().Any()
        let symbol = SourceTree.ModelOf(name.SyntaxTree).GetSymbolInfo(name).Symbol
        where symbol is not null
        select (SourceTree.Where(name) + " " + name, symbol);

    private static bool IsBanned(ISymbol symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        return type is not null && (BannedTypes.Contains(Name(type)) || BannedMembers.Contains(Name(type) + "." + symbol.Name) ||
            BannedNamespaces.Any(banned => IsWithin(type.ContainingNamespace, banned)));
    }

    private static bool IsWithin(INamespaceSymbol? name, string banned) =>
        name is not null && (name.ToDisplayString() + ".").StartsWith(banned + ".", StringComparison.Ordinal);

    /// <summary>
    /// A class of the app that is neither a record nor of the orchestrations themselves: it has dependencies, or may get some.
    /// </summary>
    private static bool IsService(INamedTypeSymbol? type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Interface, IsRecord: false, IsStatic: false }
        && IsWithin(type.ContainingNamespace, "Spectrum.PrivacyFlows");

    private static bool IsDurable(ExpressionSyntax awaited)
    {
        // A variable holds what a durable call gave: what gives anything else is no such call, and is found where it is named.
        if (awaited is not InvocationExpressionSyntax)
            return awaited is IdentifierNameSyntax;
        return SourceTree.ModelOf(awaited.SyntaxTree).GetSymbolInfo(awaited).Symbol is IMethodSymbol method &&
            (method.MethodKind == MethodKind.DelegateInvoke || IsOfTheContext(method) || Name(method.ContainingType) + "."
                + method.Name is "System.Threading.Tasks.Task.WhenAll" or "System.Threading.Tasks.Task.WhenAny" ||
            method.DeclaringSyntaxReferences.Any(declared => declared.SyntaxTree.FilePath.EndsWith(Ending, StringComparison.Ordinal)));
    }

    private static bool IsOfTheContext(IMethodSymbol method) => method.ContainingType.Name == "TaskOrchestrationContext";

    private static string Name(ISymbol symbol) =>
        symbol.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Split('<')[0];
}
