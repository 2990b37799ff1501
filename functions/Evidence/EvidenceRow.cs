using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>A line as a row of the table. Its partition is the record, its row key the number with leading zeros.</summary>
/// <param name="RowKey">The number by which the row is ordered.</param>
/// <param name="Owner">The record it says it was written for.</param>
/// <param name="Line">Null where it cannot be read.</param>
internal sealed record EvidenceRow(string RowKey, string? Owner, EvidenceLine? Line)
{
    /// <summary>Row keys of lines are digits; those of other rows come after.</summary>
    public const string FirstKey = "0";
    public const string PastLastKey = ":";

    /// <summary>The number in the row key; null where there is none.</summary>
    public int? Position =>
        int.TryParse(RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && RowKeyOf(number) == RowKey ? number : null;

    /// <summary>The row that keeps a line's key from being used again.</summary>
    public static TableEntity ForKey(string owner, string key, int number) => new(owner, RowKeyOf(key)) { ["Number"] = number };

    public static string RowKeyOf(string key) => "key!" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static TableEntity ForLine(string owner, EvidenceLine line)
    {
        var row = new TableEntity(owner, RowKeyOf(line.Number))
        {
            ["Case"] = owner,
            ["Number"] = line.Number,
            ["At"] = EvidenceHash.Time(line.At),
            ["Key"] = line.Key,
            ["Text"] = line.Text,
            ["FactCount"] = line.Facts.Count,
            ["PreviousHash"] = line.PreviousHash,
            ["Hash"] = line.Hash,
        };
        foreach (var (index, (name, value)) in line.Facts.Index())
        {
            row[$"Fact{index}Name"] = name;
            row[$"Fact{index}Value"] = value;
        }
        return row;
    }

    /// <summary>Never fails: whoever tampers may leave anything behind.</summary>
    public static EvidenceRow Read(TableEntity row) =>
        new(row.RowKey, row.TryGetValue("Case", out var owner) ? owner as string : null, ReadLine(row));

    private static EvidenceLine? ReadLine(TableEntity row)
    {
        var facts = ReadFacts(row);
        if (facts is null || Value<int>(row, "Number") is not { } number || Text(row, "At") is not { } time ||
            !DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ||
            Text(row, "Key") is not { } key || Text(row, "Text") is not { } text || Text(row, "PreviousHash") is not { } previous ||
            Text(row, "Hash") is not { } hash)
            return null;
        return new EvidenceLine(number, at, key, text, facts, previous, hash);
    }

    private static SortedDictionary<string, string>? ReadFacts(TableEntity row)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < (Value<int>(row, "FactCount") ?? 0); index++)
        {
            if (Text(row, $"Fact{index}Name") is not { } name
                    || Text(row, $"Fact{index}Value") is not { } value
                    || !facts.TryAdd(name, value))
                return null;
        }
        return facts;
    }

    public static string RowKeyOf(int number) => number.ToString("D10", CultureInfo.InvariantCulture);

    private static string? Text(TableEntity row, string name) => row.TryGetValue(name, out var value) ? value as string : null;

    private static T? Value<T>(TableEntity row, string name)
        where T : struct => row.TryGetValue(name, out var value) && value is T typed ? typed : null;
}
