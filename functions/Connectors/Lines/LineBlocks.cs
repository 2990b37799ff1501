using System.Buffers;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>Reads text in blocks of whole lines, in a buffer that grows no further than the longest line allowed.</summary>
internal sealed class LineBlocks(Stream text) : IDisposable
{
    public const int MaxLine = 1024 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int start;
    private int length;

    /// <summary>Lines, each ended by <c>\n</c>; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Lines { get; private set; }

    /// <summary>What stands after the last line end, once <see cref="ReadAsync"/> gave false.</summary>
    public ReadOnlyMemory<byte> Rest => buffer.AsMemory(start, length);

    /// <returns>False at the end.</returns>
    /// <exception cref="LineTooLongException">A line is longer than <see cref="MaxLine"/> bytes.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            MakeRoom();
            var read = await text.ReadAsync(buffer.AsMemory(length), cancellation);
            var end = buffer.AsSpan(length, read).LastIndexOf((byte)'\n');
            end = end < 0 ? -1 : end + length;
            length += read;
            if (read == 0)
                return false;
            if (end < 0)
                continue;
            Lines = buffer.AsMemory(0, end + 1);
            (start, length) = (end + 1, length - end - 1);
            return true;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Moves an unfinished line to the front, and into a larger buffer where it fills this one.</summary>
    private void MakeRoom()
    {
        if (length > MaxLine)
            throw new LineTooLongException();
        var target = length < buffer.Length ? buffer : ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(start, length).CopyTo(target);
        if (target != buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start) = (target, 0);
    }
}

internal sealed class LineTooLongException : Exception;
