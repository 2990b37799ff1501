using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>
/// The app's source compiles against the official packages and against local/Runtime alike. So what local/Runtime shows in the
/// app's namespaces is, member by member, what the official packages show (official-api.txt, read from them). Nullability of
/// references is left aside; so is whether a member is abstract, virtual or, where it is a constructor, protected.
/// </summary>
public sealed partial class OfficialApiTests
{
    private static readonly string[] AppNamespaces = ["LocalFunctions", "LocalFunctions.Builder", "LocalFunctions.DurableTask", "LocalFunctions.DurableTask.Client"];

    // What the list leaves out although it exists officially.
    private static readonly HashSet<string> AlsoOfficial =
    [
        // Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore 2.1.1, a package that the list does not have.
        "FunctionsApplicationBuilderAspNetCoreExtensions",
        // Implemented through IHostApplicationBuilder, with this name and type.
        "FunctionsApplicationBuilder.IConfigurationManager Configuration { get; }",
    ];

    private static readonly Dictionary<string, HashSet<string>> Official = Read();

    public static TheoryData<string> Types() =>
        [.. typeof(LocalFunctions.FunctionAttribute).Assembly.GetExportedTypes().Where(type => AppNamespaces.Contains(type.Namespace)).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_public_member_is_an_official_one(string typeName)
    {
        var type = typeof(LocalFunctions.FunctionAttribute).Assembly.GetType(typeName)!;
        if (AlsoOfficial.Contains(Name(type)))
            return;
        var official = Official.GetValueOrDefault($"{Group(type.Namespace!)} {Name(type)}");
        Assert.True(official is not null, $"{typeName} is in no official package.");
        var unknown = Members(type).Where(member => !official.Contains(Plain(member)) && !AlsoOfficial.Contains($"{Name(type)}.{member}"));
        Assert.True(!unknown.Any(), $"{typeName} has members that the official type lacks or has otherwise:\n  {string.Join("\n  ", unknown)}\nThe official ones:\n  {string.Join("\n  ", official)}");
    }

    [Fact]
    public void The_list_is_read()
    {
        Assert.InRange(Official.Count, 50, 100);
        Assert.Contains(Plain("Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)"), Official["durable TaskOrchestrationContext"]);
        Assert.NotEqual(Plain("void A(int count = 1)"), Plain("void A(int count = 2)"));
    }

    private static string Group(string space) => space.Contains("DurableTask", StringComparison.Ordinal) && !space.StartsWith("Microsoft.Azure", StringComparison.Ordinal) ? "durable" : "functions";

    private static Dictionary<string, HashSet<string>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("official-api.txt")!;
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, HashSet<string>>();
        HashSet<string> current = [];
        foreach (var line in reader.ReadToEnd().Split('\n'))
        {
            if (line.StartsWith("Microsoft.", StringComparison.Ordinal))
            {
                var fullName = line[..line.IndexOf(" : ", StringComparison.Ordinal)];
                var dot = fullName.IndexOf('<', StringComparison.Ordinal) is var generic and > 0 ? fullName.LastIndexOf('.', generic) : fullName.LastIndexOf('.');
                current = types[$"{Group(fullName[..dot])} {fullName[(dot + 1)..]}"] = [];
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal))
                current.Add(Plain(line.Trim()));
        }
        return types;
    }

    private static string Plain(string member) => Aside().Replace(member, "").Replace("= null", "= default", StringComparison.Ordinal);

    [GeneratedRegex(@"\?|\b(abstract|virtual|protected) ")]
    private static partial Regex Aside();

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Select(value => $"{value} = {Convert.ToInt32(value, CultureInfo.InvariantCulture)}");
        if (typeof(Delegate).IsAssignableFrom(type))
            return [Method(type.GetMethod("Invoke")!)];
        var constructors = type.GetConstructors(Declared).Where(IsSeen).Select(constructor => $"{(constructor.IsFamily ? "protected " : "")}ctor({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors().Length > 0 && !IsOverride(property.GetAccessors()[0])).Select(Property);
        var methods = type.GetMethods(Declared).Where(method => method.IsPublic && !method.IsSpecialName && !IsOverride(method) && !IsOfEveryRecord(method)).Select(Method);
        return constructors.Concat(properties).Concat(methods);
    }

    private static bool IsSeen(ConstructorInfo constructor) => (constructor.IsPublic || constructor.IsFamily) && !constructor.IsStatic;

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition() != method;

    private static bool IsOfEveryRecord(MethodInfo method) => method.Name is "Equals" or "<Clone>$" or "op_Equality" or "op_Inequality";

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors().OrderByDescending(accessor => accessor.ReturnType != typeof(void)).Select(accessor =>
            accessor.ReturnType != typeof(void) && !accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "get;"
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;");
        return $"{(property.GetAccessors()[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{ {string.Join(' ', accessors)} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select((parameter, index) =>
        (index == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")
        + (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + (parameter.IsOut ? "out ref " : "")
        + $"{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue)}" : "")));

    private static string Default(object? value) => value switch
    {
        null => "default",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value);
        if (type.IsGenericType)
            return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.String => "string",
            TypeCode.Boolean => "bool",
            TypeCode.Int32 => "int",
            TypeCode.Double => "double",
            _ when type == typeof(object) => "object",
            _ when type == typeof(void) => "void",
            _ => type.Name,
        };
    }
}
