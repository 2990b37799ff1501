using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>One system of record, to read from only.</summary>
public interface IRecordSource
{
    /// <summary>
    /// Streams the records of a table that are this person's, in an order that is the same at each run, in bounded memory.
    /// A value that is not of its field's type goes out as text, as it stands, and is noted with the writer: one of them must not keep
    /// the others back. A record is theirs where any field of <see cref="SystemTable.Find"/> holds one of their identifiers of that kind.
    /// </summary>
    /// <returns>
    /// How many records the source says are theirs, counted apart from the taking of them and of the same state of the source.
    /// </returns>
    /// <exception cref="CollectionException">The source does not answer, or holds a record of theirs that cannot be read.</exception>
    Task<long> ExportAsync(SystemTable table, Identifiers person, IRecordWriter writer, CancellationToken cancellation);

    /// <summary>
    /// Counts the records under an address that is nearly the person's, where the source can tell that at a bearable cost. Nothing of them
    /// leaves the source but their number: they are somebody else's until a human knows better.
    /// </summary>
    /// <exception cref="CollectionException">The source does not answer.</exception>
    Task<NearMisses> CountNearMissesAsync(SystemTable table, Identifiers person, CancellationToken cancellation) =>
        Task.FromResult(NearMisses.None);

    /// <summary>
    /// Finds out whether the source answers and lets us in, without reading anybody's records and at next to no cost to it.
    /// </summary>
    /// <exception cref="CollectionException">It does not.</exception>
    Task CheckAsync(CancellationToken cancellation);
}

/// <summary>Takes records as they come.</summary>
public interface IRecordWriter
{
    /// <param name="lines">
    /// Whole records: UTF-8, one JSON object a line with the fields in the data map's order, each ended by
    /// <c>\n</c>. Valid until the call returns.
    /// </param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation);

    /// <summary>
    /// Says that values which were or will be written are not of their field's type, and stand as text, as the system holds them.
    /// </summary>
    /// <param name="field">The field's name.</param>
    /// <param name="values">How many.</param>
    void NoteMalformed(string field, long values)
    {
    }
}
