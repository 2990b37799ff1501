namespace Spectrum.PrivacyFlows.DataMap;

/// <summary>One system that holds personal data, as its YAML file describes it. What a person reads about it comes from here.</summary>
public sealed record SystemOfRecord
{
    /// <summary>
    /// The file's name without its ending: lowercase letters, digits and hyphens, 1 to 40 characters. Names folders in the bundle.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence or two of plain words.</summary>
    public required string Description { get; init; }

    public required SystemOwner Owner { get; init; }

    public required ConnectorSettings Connector { get; init; }

    /// <summary>In the order in which people read them.</summary>
    public required IReadOnlyList<SystemTable> Tables { get; init; }
}

/// <summary>Who answers for the system, and is named to the officer when it fails.</summary>
public sealed record SystemOwner(string Name, string Email);

/// <param name="Kind">The connector folder's name: <c>Sql</c> or <c>BlobLog</c>.</param>
/// <param name="Connection">The name of the setting that holds the connection; the connection itself is never in the data map.</param>
/// <param name="Options">What else this kind wants, such as the SQL dialect.</param>
public sealed record ConnectorSettings(string Kind, string Connection, IReadOnlyDictionary<string, string> Options);
