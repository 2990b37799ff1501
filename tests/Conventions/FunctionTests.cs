using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>The app as the Functions worker finds it.</summary>
public sealed class FunctionTests
{
    private static readonly Assembly App = typeof(CaseId).Assembly;

    [Fact]
    public void TheRealClock_IsNamedOnce() => Assert.Single(
        SourceTree.Nodes<MemberAccessExpressionSyntax>(SourceTree.App),
        member => member.ToString() == "TimeProvider.System");

    /// <summary>Dates in letters and due dates come of one source of time zone data.</summary>
    [Fact]
    public void TheTimeZone_IsNamedOnce_AndTheMachinesOwnDataNever()
    {
        Assert.Single(SourceTree.Nodes<LiteralExpressionSyntax>(SourceTree.App), literal => literal.ToString() == "\"Europe/London\"");
        Assert.DoesNotContain(SourceTree.Nodes<IdentifierNameSyntax>(SourceTree.App), name => name.ToString() == "TimeZoneInfo");
    }

    [Fact]
    public void Functions_ArePublicMethodsOfPublicTypes() => LayoutTests.AssertNone(
        App.GetTypes()
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "FunctionAttribute"))
            .Select(method => (Type: method.DeclaringType!, Method: method)),
        function => !function.Method.IsPublic || !function.Type.IsVisible);

    [Fact]
    public void Classes_AreSealedStaticOrAbstract() => LayoutTests.AssertNone(
        SourceTree.Nodes<TypeDeclarationSyntax>(SourceTree.App)
            .Select(declared => SourceTree.ModelOf(declared.SyntaxTree).GetDeclaredSymbol(declared))
            .OfType<INamedTypeSymbol>()
            .Where(type => type.TypeKind == TypeKind.Class),
        type => type is { IsSealed: false, IsAbstract: false, IsStatic: false });
}
