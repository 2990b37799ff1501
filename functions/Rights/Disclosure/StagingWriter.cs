using System.Security.Cryptography;
using Spectrum.PrivacyFlows.Connectors;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Writes records to their staged file and measures what was in fact written.</summary>
internal sealed class StagingWriter(Stream file) : IRecordWriter, IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Records, told by their line ends: JSON never holds one inside.</summary>
    public long Records { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        hash.AppendData(lines.Span);
        Records += lines.Span.Count((byte)'\n');
        Bytes += lines.Length;
        await file.WriteAsync(lines, cancellation);
    }

    /// <summary>How many values of each field are not of its type.</summary>
    public SortedDictionary<string, long> Malformed { get; } = new(StringComparer.Ordinal);

    public void NoteMalformed(string field, long values) => Malformed[field] = Malformed.GetValueOrDefault(field) + values;

    public void Dispose() => hash.Dispose();
}
