using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>A system whose collection is complete by its own statement.</summary>
internal sealed record StagedSystem(SystemOfRecord System, IReadOnlyList<StagedTable> Tables)
{
    /// <exception cref="BundleIncompleteException">
    /// There is no statement, a table is missing in it or too much, or fewer or more records were taken than the source has.
    /// </exception>
    public static StagedSystem Check(Staging staging, CaseId caseId, SystemOfRecord system, CollectedSystem? collected)
    {
        if (collected is null)
            throw Incompleteness.Of(system, "it was not collected, or not to the end");
        if (collected.Tables.FirstOrDefault(table => !system.Tables.Any(known => known.Name == table.Table)) is { } unknown)
            throw Incompleteness.Of(system, unknown.Table, "it was collected, but the data map no longer has it");
        return new StagedSystem(
            system, [.. system.Tables.Select(table => new StagedTable(staging, caseId, system, table, Counted(system, table, collected)))]);
    }

    private static CollectedTable Counted(SystemOfRecord system, SystemTable table, CollectedSystem collected)
    {
        var counted = collected.Tables.FirstOrDefault(taken => taken.Table == table.Name)
            ?? throw Incompleteness.Of(system, table.Name, "it was not collected");
        return counted.CountTaken == counted.CountAtSource
            ? counted
            : throw Incompleteness.Of(
                system, table.Name, $"the source has {counted.CountAtSource} records and {counted.CountTaken} were taken");
    }
}
