namespace Spectrum.PrivacyFlows.Evidence;

/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When it was written, in UTC.</param>
/// <param name="Key">What makes the line unique within its record.</param>
/// <param name="Text">One sentence in plain English.</param>
/// <param name="Facts">Ordered by name.</param>
/// <param name="PreviousHash">Of the line before; of the case number for the first.</param>
/// <param name="Hash">SHA-256 over all of the above and the case number: see README.md. 64 lowercase hexadecimal digits.</param>
public sealed record EvidenceLine(
    int Number, DateTimeOffset At, string Key, string Text, IReadOnlyDictionary<string, string> Facts, string PreviousHash, string Hash);

/// <summary>Where a record ends. Kept elsewhere, as in a letter, it proves later that nothing before it was changed.</summary>
/// <param name="Count">Of lines; 0 where there is no record.</param>
/// <param name="Hash">Of the last line.</param>
public sealed record EvidenceHead(int Count, string Hash);
