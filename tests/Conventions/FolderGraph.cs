using System.Reflection;
using System.Reflection.Emit;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>
/// Which folder of a project needs which, from the compiled types: their members, attributes and method bodies. Usings,
/// global ones too, hide nothing here.
/// </summary>
internal sealed class FolderGraph
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly SortedDictionary<(string From, string To), SortedSet<string>> edges = [];

    /// <summary>For each folder that needs another: which types need which, as in <c>Bundles.BundleZip -> Cases.CaseId</c>.</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Edges => edges;

    /// <param name="root">The namespace of the project; a folder is what stands next in a namespace below it.</param>
    public static FolderGraph Of(Assembly assembly, string root)
    {
        var graph = new FolderGraph();
        foreach (var type in assembly.GetTypes())
        {
            foreach (var needed in Needs(type).SelectMany(Parts).Where(needed => needed.Assembly == assembly))
                graph.Add(Outermost(type), Outermost(needed), root);
        }
        return graph;
    }

    /// <summary>For tests of the graph itself.</summary>
    public static FolderGraph Of(params (string From, string To)[] needs)
    {
        var graph = new FolderGraph();
        foreach (var (from, to) in needs)
            graph.edges[(from, to)] = [$"{from} -> {to}"];
        return graph;
    }

    /// <summary>
    /// The folders from the bottom up: each needs only folders of layers before its own. Those that lie on a cycle are in none.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers()
    {
        var left = edges.Keys.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet(StringComparer.Ordinal);
        List<IReadOnlyList<string>> layers = [];
        while (left
            .Where(folder => edges.Keys.All(edge => edge.From != folder || !left.Contains(edge.To)))
            .Order(StringComparer.Ordinal)
            .ToList() is { Count: > 0 } layer)
        {
            layers.Add(layer);
            left.ExceptWith(layer);
        }
        return layers;
    }

    /// <summary>The edges that lie on cycles, with the types that make them.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reach = edges.Keys.Select(edge => edge.From).Distinct().ToDictionary(folder => folder, Reachable);
        return [.. edges.Where(edge => reach.TryGetValue(edge.Key.To, out var beyond) && beyond.Contains(edge.Key.From))
            .Select(edge => $"{edge.Key.From} needs {edge.Key.To}: {string.Join(", ", edge.Value.Take(5))}")];
    }

    private HashSet<string> Reachable(string folder)
    {
        HashSet<string> found = [];
        Stack<string> next = new([folder]);
        while (next.TryPop(out var from))
        {
            foreach (var edge in edges.Keys.Where(edge => edge.From == from && found.Add(edge.To)))
                next.Push(edge.To);
        }
        return found;
    }

    private void Add(Type from, Type to, string root)
    {
        if (FolderOf(from, root) is not { } one || FolderOf(to, root) is not { } other || one == other)
            return;
        if (!edges.TryGetValue((one, other), out var types))
            edges.Add((one, other), types = new SortedSet<string>(StringComparer.Ordinal));
        types.Add($"{from.FullName![(root.Length + 1)..]} -> {to.FullName![(root.Length + 1)..]}");
    }

    /// <summary>Null for what lies in the project's own folder: the stories and what composes the app may need everything.</summary>
    private static string? FolderOf(Type type, string root) =>
        type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true ? type.Namespace[(root.Length + 1)..].Split('.')[0] : null;

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static IEnumerable<Type> Needs(Type type)
    {
        IEnumerable<Type?> own =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetGenericArguments().SelectMany(Constraints),
            .. Attributes(type),
        ];
        var fields = type.GetFields(All).SelectMany(field => Attributes(field).Prepend(field.FieldType));
        var methods = type.GetMembers(All).OfType<MethodBase>().SelectMany(OfMethod);
        return own.Concat(fields).Concat(methods).OfType<Type>();
    }

    private static IEnumerable<Type> OfMethod(MethodBase method)
    {
        IEnumerable<Type> returned = method is MethodInfo { ReturnType: var type } ? [type] : [];
        IEnumerable<Type> generic = method.IsGenericMethod ? method.GetGenericArguments().SelectMany(Constraints) : [];
        var taken = method.GetParameters().SelectMany(parameter => Attributes(parameter).Prepend(parameter.ParameterType));
        return [.. returned, .. generic, .. taken, .. Attributes(method), .. InBody(method)];
    }

    private static IEnumerable<Type> Constraints(Type parameter) =>
        parameter.IsGenericParameter ? parameter.GetGenericParameterConstraints() : [];

    private static IEnumerable<Type> Attributes(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(inherit: false).Select(attribute => attribute.GetType());

    private static List<Type> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
            return [];
        List<Type> found =
        [
            .. body.LocalVariables.Select(local => local.LocalType),
            .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == 0).Select(clause => clause.CatchType).OfType<Type>(),
        ];
        for (var at = 0; at < code.Length;)
        {
            var opCode = code[at] == 0xFE ? OpCodesByValue[(short)(0xFE00 | code[at + 1])] : OpCodesByValue[code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
                found.AddRange(Named(method, BitConverter.ToInt32(code, at)));
            at += LengthOf(opCode.OperandType, code, at);
        }
        return found;
    }

    private static IEnumerable<Type> Named(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            MethodInfo called => [
                called.DeclaringType!,
                called.ReturnType,
                .. called.GetParameters().Select(parameter => parameter.ParameterType),
                .. called.GetGenericArguments(),
            ],
            MethodBase made => [made.DeclaringType!, .. made.GetParameters().Select(parameter => parameter.ParameterType)],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            _ => [],
        };
    }

    private static int LengthOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
