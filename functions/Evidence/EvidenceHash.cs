using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>
/// How a line is hashed. README.md says the same to those who recompute it: a change here is a change there,
/// and a new <see cref="Version"/>.
/// </summary>
internal static class EvidenceHash
{
    private const string Version = "privacyflows-record-1";

    /// <summary>The previous hash of the first line.</summary>
    /// <param name="owner">The case number, or the name of the system's own record.</param>
    public static string First(string owner) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(owner)));

    /// <summary>The hash of a line, whatever <see cref="EvidenceLine.Hash"/> it carries.</summary>
    public static string Of(string owner, EvidenceLine line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Version);
        Add(hash, owner);
        Add(hash, line.Number.ToString(CultureInfo.InvariantCulture));
        Add(hash, Time(line.At));
        Add(hash, line.Key);
        Add(hash, line.Text);
        Add(hash, line.Facts.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in line.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }
        Add(hash, line.PreviousHash);
        return Hex(hash.GetHashAndReset());
    }

    /// <summary>A moment in UTC to a tenth of a microsecond, as in <c>2026-11-23T09:30:00.0000000Z</c>.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    // A netstring: where one text ends is never in doubt, so no two different lines are encoded alike.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(bytes);
        hash.AppendData(","u8);
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
