using System.Text;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>Reads the data map: every <c>*.yaml</c> of a folder, a system a file.</summary>
public sealed class DataMapLoader(IEnumerable<ConnectorKind> kinds)
{
    private readonly IReadOnlyList<ConnectorKind> kinds = [.. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <exception cref="DataMapException">There are mistakes; all of them are listed with file, line, column and reason.</exception>
    public DataMapCatalogue Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [];
        Array.Sort(files, StringComparer.Ordinal);
        var errors = new List<DataMapError>();
        if (files.Length is 0 or > DataMapLimits.Systems)
            errors.Add(new DataMapError(
                Path.GetFileName(folder),
                0,
                0,
                files.Length == 0 ? "Holds no *.yaml file, so no system is known." : $"Holds more than {DataMapLimits.Systems} files."));
        var systems = new List<SystemOfRecord>();
        foreach (var file in files.Take(DataMapLimits.Systems))
        {
            var found = new ErrorList(Path.GetFileName(file));
            if (Read(file, found) is { } system)
                systems.Add(system);
            errors.AddRange(found.Errors);
        }
        CheckReachable(systems, errors);
        return errors.Count == 0 ? new DataMapCatalogue(systems) : throw new DataMapException(errors);
    }

    private SystemOfRecord? Read(string file, ErrorList errors)
    {
        if (new FileInfo(file).Length > DataMapLimits.FileBytes)
        {
            errors.AddForFile($"Is larger than {DataMapLimits.FileBytes / 1024 / 1024} MB.");
            return null;
        }
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF');
            return YamlFile.Read(text, errors) is { } root
                ? new SystemReader(kinds, errors).Read(Path.GetFileNameWithoutExtension(file), root)
                : null;
        }
        catch (DecoderFallbackException)
        {
            errors.AddForFile("Is not UTF-8 text.");
            return null;
        }
    }

    /// <summary>An identifier that no table gives can never be searched by: most likely a misspelt name.</summary>
    private static void CheckReachable(List<SystemOfRecord> systems, List<DataMapError> errors)
    {
        var given = systems
            .SelectMany(system => system.Tables)
            .SelectMany(table => table.Identifies)
            .Select(identified => identified.Identifier)
            .Append("email")
            .ToHashSet();
        foreach (var system in systems)
        {
            foreach (var unknown in system.Tables.SelectMany(table => table.Find, (table, find) => (table.Name, find.Identifier))
                .Where(pair => pair.Identifier is not "" && !given.Contains(pair.Identifier)))
                errors.Add(new DataMapError(
                    system.Key + ".yaml",
                    0,
                    0,
                    $"The table '{unknown.Name}' is searched by '{unknown.Identifier}', which no table 'identifies'; "
                        + "every search starts with email."));
        }
    }
}
