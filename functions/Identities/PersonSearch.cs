using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Identities;

/// <summary>What is known of a person so far, and what turned out to be shared with others.</summary>
internal sealed class PersonSearch(EmailAddress address)
{
    private readonly string start = Identifiers.Normal(Identifiers.Email, address.Value);
    private readonly HashSet<(string Kind, string Value)> shared = [];
    private readonly Dictionary<IdentityTable, string> own = [];
    private int sharedAtStart;

    public Identifiers Known { get; private set; } = Identifiers.None.With(Identifiers.Email, address.Value);

    /// <summary>Forgets what was learnt where some of it came by a value that turned out to be shared.</summary>
    public bool StartAgainIfShared()
    {
        if (shared.Count == sharedAtStart)
            return false;
        (Known, sharedAtStart) = (Identifiers.None.With(Identifiers.Email, start), shared.Count);
        own.Clear();
        return true;
    }

    /// <exception cref="CollectionException">The address that the search started with stands in records of several people.</exception>
    public void Learn(IdentityTable table, IReadOnlyList<IdentityRecord> records)
    {
        var person = own.GetValueOrDefault(table) ?? TheirRecord(table, records);
        foreach (var record in records.Where(record => record.Person != person))
            Drop(table, record);
        if (person is null)
            return;
        own[table] = person;
        foreach (var given in records
            .Where(record => record.Person == person)
            .SelectMany(record => record.Gives)
            .Where(given => !shared.Contains(given)))
            Known = Known.With(given.Kind, given.Value);
    }

    /// <summary>
    /// The one person in the table that what we know leads to; null where it leads to nobody, or to several.
    /// A value that stands in the records of several people leads nowhere.
    /// </summary>
    private string? TheirRecord(IdentityTable table, IReadOnlyList<IdentityRecord> records)
    {
        var leads = records
            .SelectMany(record => record.FoundBy.Where(IsKnown), (record, value) => (Value: value, record.Person))
            .GroupBy(lead => lead.Value, lead => lead.Person)
            .ToDictionary(lead => lead.Key, lead => lead.Distinct(StringComparer.Ordinal).ToList());
        if (leads.TryGetValue((Identifiers.Email, start), out var byStart))
            return byStart.Count == 1 ? byStart[0] : throw Ambiguous(table, byStart.Count);
        var people = leads.Values.Where(lead => lead.Count == 1).Select(lead => lead[0]).Distinct(StringComparer.Ordinal).ToList();
        return people.Count == 1 ? people[0] : null;
    }

    /// <summary>What stands in a record of somebody else is not searched by any more.</summary>
    private void Drop(IdentityTable table, IdentityRecord record)
    {
        foreach (var value in record.FoundBy.Concat(record.Gives).Where(IsKnown))
        {
            if (value == (Identifiers.Email, start))
                throw Ambiguous(table, 2);
            shared.Add(value);
            Known = Known.Without(value.Kind, value.Value);
        }
    }

    private bool IsKnown((string Kind, string Value) value) => Known.Has(value.Kind, value.Value);

    private static CollectionException Ambiguous(IdentityTable table, int people) =>
        new(table.System.Key,
            $"Table {table.Table.Name}: the address that the request came from stands in the records of {people} or more people.",
            "Find out whose it is, and put the records right or merge them; then collect again.", isTransient: false);
}
