using Spectrum.PrivacyFlows.Connectors;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

internal sealed class RecordingWriter : IRecordWriter
{
    private readonly MemoryStream taken = new();

    public byte[] Bytes => taken.ToArray();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation) => await taken.WriteAsync(lines, cancellation);
}
