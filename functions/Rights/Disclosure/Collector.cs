using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Takes a person's records out of a system into the case's staging.</summary>
public sealed class Collector(ConnectorSet connectors, Staging staging)
{
    /// <summary>Of a person's few records, one bad value is a large share.</summary>
    private const int AlwaysAllowed = 10;

    /// <summary>Stages every table of the system. Safe to run again: the same data gives the same bytes, in the same place.</summary>
    /// <exception cref="CollectionException">
    /// The system cannot be read, or what was taken is not what it says it has. Nothing counts as staged then.
    /// </exception>
    public async Task<CollectedSystem> CollectAsync(
        CaseId caseId, SystemOfRecord system, Identifiers person, CancellationToken cancellation = default)
    {
        var source = connectors.Open(system);
        var tables = new List<CollectedTable>();
        foreach (var table in system.Tables)
        {
            await using var file = await staging.CreateAsync(caseId, system.Key, table.Name, cancellation);
            using var writer = new StagingWriter(file);
            var atSource = await source.ExportAsync(table, person, writer, cancellation);
            if (atSource != writer.Records)
                throw Mismatch(system, table, atSource, writer.Records);
            CheckMalformed(system, table, writer);
            tables.Add(new CollectedTable(table.Name, atSource, writer.Records, writer.Bytes, writer.Sha256)
            {
                Malformed = writer.Malformed.Count == 0 ? null : writer.Malformed,
            });
        }
        var collected = new CollectedSystem(system.Key, tables);
        await staging.CompleteAsync(caseId, collected, cancellation);
        return collected;
    }

    /// <summary>Counts what the system holds under addresses that are nearly the person's. It is never taken.</summary>
    /// <exception cref="CollectionException">The system cannot be read.</exception>
    public async Task<NearMisses> CountNearMissesAsync(SystemOfRecord system, Identifiers person, CancellationToken cancellation)
    {
        var source = connectors.Open(system);
        var all = NearMisses.None;
        foreach (var table in system.Tables)
            all += await source.CountNearMissesAsync(table, person, cancellation);
        return all;
    }

    /// <summary>
    /// A few values that are not of their type are a system's ordinary dirt, and go out as they stand; many mean that the data map does not
    /// describe this table.
    /// </summary>
    private static void CheckMalformed(SystemOfRecord system, SystemTable table, StagingWriter writer)
    {
        foreach (var (field, values) in writer.Malformed)
        {
            if (values * 100 > table.MalformedLimit * writer.Records && (values > AlwaysAllowed || table.MalformedLimit == 0))
                throw new CollectionException(
                    system.Key,
                    $"Table {table.Name}: field {field} holds {values} values that are not of its type, in {writer.Records} records of this "
                        + $"person; the data map allows {table.MalformedLimit} in 100.",
                    "Correct the field's type in the data map, or the records; or raise the table's “malformed-limit”.",
                    isTransient: false);
        }
    }

    private static CollectionException Mismatch(SystemOfRecord system, SystemTable table, long atSource, long taken) =>
        new(
            system.Key,
            $"Table {table.Name} has {atSource} records of this person by its own count, and {taken} were taken.",
            "Collect it again; if the counts still differ, tell the system's owner.",
            isTransient: true);
}
