using System.Reflection;
using System.Runtime.CompilerServices;
using LocalDemo;
using LocalHost;
using LocalMachine;
using LocalMailbox;
using LocalSystems;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Tests.Infra;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>Who reads a name of Microsoft's finds Microsoft's type behind it.</summary>
public sealed class NameTests
{
    private static readonly string[] Packages = ["Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask", "DurableTask.Core"];

    private static readonly Assembly[] Ours =
    [
        typeof(CaseId).Assembly, typeof(LocalApp).Assembly, typeof(LocalClock).Assembly, typeof(MailboxService).Assembly,
        typeof(SystemsService).Assembly, typeof(DemoCommand).Assembly, typeof(ScriptBook).Assembly,
    ];

    [Fact]
    public void Types_HaveNoNameOfMicrosofts()
    {
        var theirs = Theirs().ToLookup(Name, StringComparer.Ordinal);
        Assert.True(theirs.Contains("TaskOrchestrationContext") && theirs.Contains("TaskHubWorker") && theirs.Contains("FunctionContext") &&
            theirs.Contains("DurableTaskClient"));
        LayoutTests.AssertNone(
            Ours.SelectMany(assembly => assembly.GetTypes())
                .Where(IsWritten).Select(type => $"{type.FullName} and {theirs[Name(type)].FirstOrDefault()?.FullName}"),
            pair => !pair.EndsWith(" and ", StringComparison.Ordinal));
    }

    private static IEnumerable<Type> Theirs() =>
        from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        let name = Path.GetFileNameWithoutExtension(file)
        where Packages.Any(package => (name + ".").StartsWith(package + ".", StringComparison.Ordinal)) &&
            !name.EndsWith(".Analyzers", StringComparison.Ordinal)
        from type in Assembly.Load(name).GetExportedTypes()
        where !type.IsNested
        select type;

    /// <summary>Neither made by a compiler or generator, nor inside a type that has the better known name.</summary>
    private static bool IsWritten(Type type) =>
        !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute)) &&
            !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)) &&
        !type.Name.StartsWith('<') && type.Name != "Program" && type.Namespace is not null;

    // With the number of its type parameters: a page of a query (Page<T>) is not taken for a web page.
    private static string Name(Type type) => type.Name;
}
