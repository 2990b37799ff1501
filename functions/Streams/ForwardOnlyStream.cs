namespace Spectrum.PrivacyFlows.Streams;

/// <summary>
/// A stream that data passes once, in one direction. <see cref="Stream"/> wants members that such a stream cannot have; refusing them by
/// <see cref="NotSupportedException"/> is what its contract asks where <see cref="Stream.CanSeek"/>, <see cref="Stream.CanRead"/> or
/// <see cref="Stream.CanWrite"/> is false, and it is done here alone.
/// </summary>
internal abstract class ForwardOnlyStream : Stream
{
    public override bool CanRead => false;

    public sealed override bool CanSeek => false;

    public override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
