using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>Follows a record line by line and says, in plain words, where it first breaks. Holds one line at a time.</summary>
internal sealed class EvidenceVerifier(string owner)
{
    private string lastHash = EvidenceHash.First(owner);

    /// <summary>Lines that hold so far.</summary>
    public int Count { get; private set; }

    /// <returns>Null where the next line follows, or why it does not.</returns>
    public string? Check(EvidenceRow row)
    {
        var number = Count + 1;
        var broken = Place(row, number) ?? Content(row.Line!, number);
        if (broken is not null)
            return broken;
        Count = number;
        lastHash = row.Line!.Hash;
        return null;
    }

    /// <param name="head">As it is once every line has been checked.</param>
    /// <returns>Null where the record ends where its head says, or what is wrong.</returns>
    public string? CheckEnd(EvidenceHead head)
    {
        if (Count > head.Count)
            return head.Count == 0
                ? "The head of the record is missing, so nobody can tell where it ended."
                : $"Line {head.Count + 1} was added behind the end of the record.";
        if (Count < head.Count)
            return $"The end was cut off: {head.Count} lines were written and {Count} are there.";
        return lastHash == head.Hash ? null : $"Line {Count} is not the last line that was written.";
    }

    private string? Place(EvidenceRow row, int number)
    {
        if (row.Position is not { } position)
            return $"A row that is no line stands where line {number} should be.";
        if (position != number)
            return position == number + 1 ? $"Line {number} is missing." : $"Lines {number} to {position - 1} are missing.";
        if (row.Line is null)
            return $"Line {number} was altered: it can no longer be read.";
        if (row.Owner != owner)
            return $"Line {number} is foreign: it was written for "
                + $"{(CaseId.TryParse(row.Owner, out var other) ? other.ToString() : "another record")}.";
        return row.Line.Number == number ? null : $"Line {number} was reordered: it was written as line {row.Line.Number}.";
    }

    private string? Content(EvidenceLine line, int number)
    {
        if (EvidenceHash.Of(owner, line) != line.Hash)
            return $"Line {number} was altered after it was written.";
        if (line.PreviousHash == lastHash)
            return null;
        return number == 1
            ? "Line 1 does not begin this record."
            : $"Line {number} does not follow line {number - 1}: one of the two was replaced.";
    }
}
