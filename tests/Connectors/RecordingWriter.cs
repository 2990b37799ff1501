using System.Buffers;
using Spectrum.PrivacyFlows.Connectors;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

internal sealed class RecordingWriter : IRecordWriter
{
    private readonly ArrayBufferWriter<byte> taken = new();

    public byte[] Bytes => taken.WrittenSpan.ToArray();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        taken.Write(lines.Span);
        return ValueTask.CompletedTask;
    }
}
