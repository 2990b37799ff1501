using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Audit;

/// <summary>The append-only, hash-chained record of a case (S3), kept in Table storage.</summary>
public sealed class CaseRecord(CaseStorage storage, TimeProvider clock)
{
    /// <summary>
    /// Appends a line. Safe to call again: a line of the same <paramref name="key"/> is written once and the first one stands.
    /// </summary>
    /// <param name="key">What makes the line unique within the case, as in <c>acknowledged</c> or <c>collected/2/crm</c>; 1 to 200 characters.</param>
    /// <param name="text">One sentence in plain English, at most 1,000 characters.</param>
    /// <param name="facts">What a verifier or an auditor wants with it: hashes, counts, ids; at most 40, of at most 2,000 characters each.</param>
    public Task AppendAsync(CaseId caseId, string key, string text, IReadOnlyDictionary<string, string>? facts = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>The lines in order, as stored.</summary>
    public IAsyncEnumerable<RecordLine> ReadAsync(CaseId caseId, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Recomputes the chain.</summary>
    /// <returns>Null where it holds, or the first broken link in plain words.</returns>
    public Task<string?> FindBreakAsync(CaseId caseId, CancellationToken cancellation = default) => throw new NotImplementedException();
}

public sealed record RecordLine(int Number, DateTimeOffset At, string Key, string Text, IReadOnlyDictionary<string, string> Facts, string PreviousHash, string Hash);
