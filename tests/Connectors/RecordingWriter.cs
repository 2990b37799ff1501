using System.Buffers;
using Spectrum.PrivacyFlows.Connectors;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

internal sealed class RecordingWriter : IRecordWriter
{
    private readonly ArrayBufferWriter<byte> taken = new();

    /// <summary>By field.</summary>
    public Dictionary<string, long> Malformed { get; } = [];

    public void NoteMalformed(string field, long values) => Malformed[field] = Malformed.GetValueOrDefault(field) + values;

    public byte[] Bytes => taken.WrittenSpan.ToArray();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        taken.Write(lines.Span);
        return ValueTask.CompletedTask;
    }
}
