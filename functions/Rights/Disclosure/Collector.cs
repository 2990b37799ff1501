using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Takes a person's records out of a system into the case's staging.</summary>
public sealed class Collector(ConnectorSet connectors, Staging staging)
{
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
            tables.Add(new CollectedTable(table.Name, atSource, writer.Records, writer.Bytes, writer.Sha256));
        }
        var collected = new CollectedSystem(system.Key, tables);
        await staging.CompleteAsync(caseId, collected, cancellation);
        return collected;
    }

    private static CollectionException Mismatch(SystemOfRecord system, SystemTable table, long atSource, long taken) =>
        new(
            system.Key,
            $"Table {table.Name} has {atSource} records of this person by its own count, and {taken} were taken.",
            "Collect it again; if the counts still differ, tell the system's owner.",
            isTransient: true);
}
