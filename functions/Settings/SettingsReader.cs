using System.Globalization;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>
/// Reads settings and gathers all that is wrong with them, so that whoever deploys sees everything at once. No value
/// is repeated: it may be a secret.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private static readonly Dictionary<string, Setting> Known = SettingCatalogue.All.Where(setting => !setting.IsTheHosts)
        .ToDictionary(setting => setting.Name, StringComparer.Ordinal);

    private readonly List<SettingProblem> problems = [];

    /// <summary>Reads with <paramref name="read"/>, and lets nothing through that is wrong.</summary>
    /// <exception cref="SettingsException">A setting is missing, wrong or contradicts another.</exception>
    public static T Read<T>(IConfiguration configuration, Func<SettingsReader, T> read)
    {
        var reader = new SettingsReader(configuration);
        return reader.TryRead(read, out var answer) ? answer! : throw new SettingsException(reader.problems);
    }

    /// <summary>Reads with <paramref name="read"/>; false where anything is wrong.</summary>
    public static bool TryRead<T>(IConfiguration configuration, Func<SettingsReader, T> read, out T? answer) =>
        new SettingsReader(configuration).TryRead(read, out answer);

    private bool TryRead<T>(Func<SettingsReader, T> read, out T? answer)
    {
        answer = default;
        try
        {
            answer = read(this);
        }
        catch (UnusableException)
        {
            // What could not be made without it is not made; what is wrong has been noted.
        }
        return problems.Count == 0;
    }

    /// <summary>Reads a part of the settings; where it cannot be made, the other parts are read nevertheless.</summary>
    public T? Part<T>(Func<SettingsReader, T?> read)
        where T : class
    {
        try
        {
            return read(this);
        }
        catch (UnusableException)
        {
            return null;
        }
    }

    /// <summary>Null where it is missing or empty.</summary>
    /// <param name="name">As in <see cref="SettingCatalogue"/>.</param>
    public string? Text(string name) =>
        configuration[(Known.TryGetValue(name, out var setting)
            ? setting
            : throw new ArgumentException($"{name} is not in the catalogue of settings.", nameof(name))).Key] is { Length: > 0 } text
            ? text
            : null;

    public int Number(string name, int usual, int least, int most)
    {
        if (Text(name) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Wrong(name, $"must be a whole number from {least} to {most}.");
        return usual;
    }

    /// <summary>Words for people: one line of 1 to <paramref name="most"/> characters.</summary>
    public string Line(string name, string usual, int most)
    {
        var text = Text(name) ?? usual;
        var isRight = !string.IsNullOrWhiteSpace(text) && text.Length <= most && !text.Any(char.IsControl);
        Require(isRight, name, $"must be one line of 1 to {most} characters.");
        return text;
    }

    public bool Flag(string name)
    {
        var flag = false;
        Require(Text(name) is not { } text || bool.TryParse(text, out flag), name, "must be true or false.");
        return flag;
    }

    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text)
            return null;
        Require(
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment),
            name,
            "must be a moment such as 2026-12-01T00:00:00Z.");
        return moment;
    }

    public void Require(bool holds, string name, string rule)
    {
        if (!holds)
            Wrong(name, rule);
    }

    /// <param name="rule">Ends the sentence "The setting X …", and says what would be right.</param>
    public void Wrong(string name, string rule)
    {
        // Two parts may read one setting; it is wrong once.
        if (new SettingProblem(name, rule) is var problem && !problems.Contains(problem))
            problems.Add(problem);
    }

    /// <summary>Notes what is wrong, and gives what to throw where nothing can be made without it.</summary>
    public Exception Unusable(string name, string rule)
    {
        Wrong(name, rule);
        return new UnusableException();
    }

    /// <summary>A slip of the pen would otherwise pass for a default.</summary>
    public void RefuseUnknown()
    {
        foreach (var found in SettingCatalogue.OwnSections.SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(pair => pair.Value is { Length: > 0 }))
        {
            if (!Known.Values.Any(setting => string.Equals(setting.Key, found.Key, StringComparison.OrdinalIgnoreCase)))
                Wrong(
                    found.Key.Replace(":", "__", StringComparison.Ordinal), "is none that the app knows; docs/settings.md lists them all.");
        }
    }

    /// <summary>A connection that the data map names.</summary>
    /// <param name="key">As the data map has it, with a colon between section and name.</param>
    public void RequireConnection(string key, string system) =>
        Require(
            configuration[key] is { Length: > 0 },
            key.Replace(":", "__", StringComparison.Ordinal),
            $"is missing: the data map’s file {system}.yaml reads its connection there.");

    /// <summary>To throw where something cannot be made, because of what has been noted already.</summary>
    public static Exception Incomplete => new UnusableException();

    private sealed class UnusableException : Exception;
}
