using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LocalFunctions.Setup;

/// <summary>
/// The assemblies beside the app that know this runtime: there the local services and commands are. They are found by their
/// files, because the compiler drops a reference that no line of the app's code uses.
/// </summary>
internal static class LocalAssemblies
{
    private static readonly Lazy<IReadOnlyList<Assembly>> Found = new(Find);

    public static IEnumerable<T> Attributes<T>()
        where T : Attribute =>
        Found.Value.SelectMany(assembly => assembly.GetCustomAttributes<T>());

    private static IReadOnlyList<Assembly> Find()
    {
        var runtime = typeof(LocalAssemblies).Assembly.GetName().Name!;
        return [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => References(file, runtime))
            .Select(file => Assembly.Load(AssemblyName.GetAssemblyName(file)))];
    }

    private static bool References(string file, string name)
    {
        using var image = new PEReader(File.OpenRead(file));
        if (!image.HasMetadata)
            return false;
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, name));
    }
}
