using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Identities;

/// <summary>
/// Finds by what else a person is known, starting with the address that they have shown to be theirs. Tables with
/// <see cref="SystemTable.Identifies"/> are searched until nothing new comes. It writes nothing down.
/// </summary>
/// <remarks>
/// What two people share belongs to neither: a value that stands in another person's record too (a team's mailbox, a
/// reception's login) is not searched by. Which records of a table are of one person, <see cref="IdentityTable.PersonFields"/> tells.
/// </remarks>
public sealed class PersonFinder(ConnectorSet connectors, DataMapCatalogue catalogue)
{
    private const int MaxRounds = 10;
    private const int MaxValues = 1_000;

    /// <exception cref="CollectionException">
    /// A system does not answer; or the address leads to several people, or to more than 1,000 identifiers, so that a human has to look.
    /// </exception>
    public async Task<Identifiers> FindAsync(EmailAddress address, CancellationToken cancellation = default)
    {
        var search = new PersonSearch(address);
        var tables = catalogue.Systems
            .SelectMany(system => system.Tables, (system, table) => new IdentityTable(system, table))
            .Where(identity => identity.Table.Identifies.Count > 0)
            .ToList();
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = search.Known;
            foreach (var table in tables)
                await SearchAsync(table, search, cancellation);
            if (search.StartAgainIfShared())
                continue;
            if (ReferenceEquals(before, search.Known))
                return search.Known;
        }
        throw Endless($"new identifiers in {MaxRounds} rounds");
    }

    /// <summary>Until the table says nothing new: what it gives must be seen to be shared before another table is asked with it.</summary>
    private async Task SearchAsync(IdentityTable table, PersonSearch search, CancellationToken cancellation)
    {
        // By whatever it gives as well: so a value comes to light that stands in somebody else's record.
        var wide = table.Table with { Find = [.. table.Table.Find.Union(table.Table.Identifies)] };
        var source = connectors.Open(table.System);
        for (var before = Identifiers.None; !ReferenceEquals(before, search.Known);)
        {
            before = search.Known;
            var records = new IdentityReader(table, MaxValues);
            await source.ExportAsync(wide, search.Known, records, cancellation);
            search.Learn(table, records.Records);
            if (search.Known.Count > MaxValues)
                throw Endless($"more than {MaxValues} identifiers");
        }
    }

    private static CollectionException Endless(string what) =>
        new(
            "Finding the person",
            $"The search came to {what}.",
            "Look for a value in the systems that leads from person to person.",
            isTransient: false);
}
