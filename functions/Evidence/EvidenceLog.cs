using System.Globalization;
using System.Runtime.CompilerServices;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>The append-only, hash-chained record of a case (S3), kept in Table storage, in the table <c>Evidence</c>.</summary>
public sealed class EvidenceLog
{
    /// <summary>The record of what belongs to no case.</summary>
    internal const string OfTheSystem = "SYSTEM";
    private static readonly Dictionary<string, string> NoFacts = [];
    private readonly EvidenceChain chain;
    private readonly EvidenceCounters counters;
    private readonly TimeProvider clock;

    public EvidenceLog(CaseAccount storage, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(storage);
        var table = new TableOnFirstUse(storage.Tables, "Evidence");
        chain = new EvidenceChain(table, clock);
        counters = new EvidenceCounters(table);
        this.clock = clock;
    }

    /// <summary>
    /// Appends a line. Safe to call again: a line of the same <paramref name="key"/> is written once and the first one stands.
    /// </summary>
    /// <param name="key">
    /// What makes the line unique within the case, as in <c>acknowledged</c> or <c>collected/2/crm</c>; 1 to 200 characters.
    /// </param>
    /// <param name="text">One sentence in plain English, at most 1,000 characters.</param>
    /// <param name="facts">
    /// What a verifier or an auditor wants with it: hashes, counts, ids; at most 40, of at most 2,000 characters each,
    /// names of at most 100 in ASCII.
    /// </param>
    /// <exception cref="ArgumentException">A limit is passed. The message repeats none of it.</exception>
    public Task AppendAsync(
        CaseId caseId, string key, string text, IReadOnlyDictionary<string, string>? facts = null,
        CancellationToken cancellation = default) =>
        chain.AppendAsync(OwnerOf(caseId), key, text, facts ?? NoFacts, cancellation);

    /// <summary>
    /// Appends a line for something that anybody may make happen again and again, such as a refused link or a page view. After
    /// <paramref name="maxPerDay"/> lines of the kind in one London day, one more says so and the rest is only counted.
    /// Each call is an event of its own.
    /// </summary>
    /// <param name="kind">Begins the line's key, as in <c>link-refused</c>; 1 to 150 characters.</param>
    /// <param name="maxPerDay">1 to 10,000.</param>
    /// <returns>Whether the event has a line of its own.</returns>
    /// <exception cref="ArgumentException">A limit is passed. The message repeats none of it.</exception>
    public Task<bool> AppendBoundedAsync(
        CaseId caseId, string kind, string text, IReadOnlyDictionary<string, string>? facts = null, int maxPerDay = 100,
        CancellationToken cancellation = default) =>
        AppendBoundedAsync(OwnerOf(caseId), kind, text, facts ?? NoFacts, maxPerDay, cancellation);

    /// <summary>The same for what belongs to no case, such as a forged link that names none.</summary>
    /// <inheritdoc cref="AppendBoundedAsync(CaseId, string, string, IReadOnlyDictionary{string, string}?, int, CancellationToken)"/>
    public Task<bool> AppendToSystemAsync(
        string kind, string text, IReadOnlyDictionary<string, string>? facts = null, int maxPerDay = 100,
        CancellationToken cancellation = default) =>
        AppendBoundedAsync(OfTheSystem, kind, text, facts ?? NoFacts, maxPerDay, cancellation);

    /// <summary>
    /// The lines in order, as stored. One that was tampered with until it cannot be read is left out:
    /// <see cref="FindBreakAsync(CaseId, CancellationToken)"/> names it.
    /// </summary>
    public IAsyncEnumerable<EvidenceLine> ReadAsync(CaseId caseId, CancellationToken cancellation = default) =>
        ReadOfAsync(OwnerOf(caseId), cancellation);

    /// <inheritdoc cref="ReadAsync(CaseId, CancellationToken)"/>
    public IAsyncEnumerable<EvidenceLine> ReadSystemAsync(CancellationToken cancellation = default) =>
        ReadOfAsync(OfTheSystem, cancellation);

    /// <summary>Recomputes the chain.</summary>
    /// <returns>Null where it holds, or the first broken link in plain words.</returns>
    public Task<string?> FindBreakAsync(CaseId caseId, CancellationToken cancellation = default) =>
        FindBreakOfAsync(OwnerOf(caseId), cancellation);

    /// <inheritdoc cref="FindBreakAsync(CaseId, CancellationToken)"/>
    public Task<string?> FindSystemBreakAsync(CancellationToken cancellation = default) => FindBreakOfAsync(OfTheSystem, cancellation);

    /// <summary>Where the record ends.</summary>
    public Task<EvidenceHead> HeadAsync(CaseId caseId, CancellationToken cancellation = default) =>
        HeadOfAsync(OwnerOf(caseId), cancellation);

    /// <param name="owner">A case number, or <see cref="OfTheSystem"/>.</param>
    internal Task<EvidenceHead> HeadOfAsync(string owner, CancellationToken cancellation) => chain.HeadAsync(owner, cancellation);

    /// <summary>Whether a line of this key was written.</summary>
    public Task<bool> ContainsAsync(CaseId caseId, string key, CancellationToken cancellation = default) =>
        chain.ContainsAsync(OwnerOf(caseId), key, cancellation);

    /// <summary>Whether the case has a record: every case has one from its first step on.</summary>
    public async Task<bool> ExistsAsync(CaseId caseId, CancellationToken cancellation = default) =>
        (await HeadAsync(caseId, cancellation)).Count > 0;

    /// <summary>Writes the record as JSON lines that a third party can recompute: README.md says how.</summary>
    public Task ExportAsync(CaseId caseId, Stream output, CancellationToken cancellation = default) =>
        EvidenceExport.WriteAsync(chain, counters, OwnerOf(caseId), output, cancellation);

    private static string OwnerOf(CaseId caseId) => caseId == CaseId.OfTheSystem ? OfTheSystem : caseId.ToString();

    private async Task<bool> AppendBoundedAsync(
        string owner, string kind, string text, IReadOnlyDictionary<string, string> facts, int maxPerDay, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPerDay, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxPerDay, EvidenceLimits.MaxPerDay);
        var day = DeadlineCalculator.LondonDate(clock.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture);
        EvidenceLimits.Check(KeyOf(int.MaxValue), text, facts); // Before it is counted.
        var number = await counters.CountAsync(owner, kind, day, maxPerDay, cancellation);
        if (number <= maxPerDay)
            await chain.AppendAsync(owner, KeyOf(number), text, facts, cancellation);
        else if (number == maxPerDay + 1)
            await chain.AppendAsync(
                owner, KeyOf(number), Overflow(maxPerDay), new Dictionary<string, string> { ["kind"] = kind }, cancellation);
        return number <= maxPerDay;

        string KeyOf(int number) => $"{kind}/{day}/{number}";
    }

    private static string Overflow(int maxPerDay) =>
        $"More than {maxPerDay} such events happened today; the others are counted but not listed.";

    internal async IAsyncEnumerable<EvidenceLine> ReadOfAsync(string owner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in chain.ReadAsync(owner, cancellation))
        {
            if (row.Line is not null)
                yield return row.Line;
        }
    }

    internal async Task<string?> FindBreakOfAsync(string owner, CancellationToken cancellation)
    {
        var verifier = new EvidenceVerifier(owner);
        var head = await chain.HeadAsync(owner, cancellation);
        await foreach (var row in chain.ReadAsync(owner, cancellation))
        {
            if (verifier.Check(row) is { } broken)
                return broken;
        }
        if (verifier.Count <= head.Count)
            return verifier.CheckEnd(head);
        var grown = await chain.HeadAsync(owner, cancellation); // Lines were appended while we read.
        return grown.Count > verifier.Count ? null : verifier.CheckEnd(grown);
    }
}
