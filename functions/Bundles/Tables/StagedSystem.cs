using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Templates;

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
        var counts = system.Tables.ToDictionary(table => table.Name, table => Counted(system, table, collected));
        var asHeld = system with { Tables = [.. system.Tables.Select(table => AsHeld(table, counts[table.Name]))] };
        return new StagedSystem(
            asHeld, [.. asHeld.Tables.Select(table => new StagedTable(staging, caseId, asHeld, table, counts[table.Name]))]);
    }

    /// <summary>
    /// The table with what its columns in fact hold: where a value is not of the column's type, all of them are given as text, which every
    /// reader takes, and the description says so.
    /// </summary>
    private static SystemTable AsHeld(SystemTable table, CollectedTable collected)
    {
        if (collected.Malformed is not { Count: > 0 } malformed)
            return table;
        return table with
        {
            Fields =
            [
                .. table.Fields.Select(field => !malformed.TryGetValue(field.Name, out var values) ? field : field with
                {
                    Type = FieldType.String,
                    Description = $"{field.Description} As text, since {Values(values)} the system holds {(values == 1 ? "is" : "are")} no "
                        + $"{field.Type.ToString().ToLowerInvariant()}; each stands as the system holds it.",
                }),
            ],
        };
    }

    private static string Values(long values) => values == 1 ? "1 value that" : $"{PlainWords.Count(values)} values that";

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
