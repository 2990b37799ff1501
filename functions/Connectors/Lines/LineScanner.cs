using System.Buffers;
using System.Text;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>Picks a person's lines out of blocks of lines and turns them into records.</summary>
internal sealed class LineScanner(LinePrefilter prefilter, ILogFormat format, StagedLines records) : IDisposable
{
    private char[] letters = ArrayPool<char>.Shared.Rent(512 * 1024);

    /// <summary>Lines gone by so far.</summary>
    public long Line { get; private set; }

    /// <summary>Lines that are the person's, counted as they are found.</summary>
    public long Matched { get; private set; }

    /// <summary>Lines that could not be taken apart and do not speak of the person.</summary>
    public long Skipped { get; private set; }

    /// <exception cref="BadLineException">A line of the person cannot be read.</exception>
    public void Scan(ReadOnlySpan<byte> block)
    {
        var text = Widen(block);
        var (identifier, backslash) = (-1, -1);
        for (var at = 0; at < block.Length;)
        {
            if (identifier < at)
                identifier = prefilter.NextIdentifier(text, at);
            if (backslash < at)
                backslash = NextBackslash(block, at);
            var hit = Math.Min(identifier, backslash);
            var start = hit == block.Length ? hit : block[..hit].LastIndexOf((byte)'\n') + 1;
            Line += block[at..start].Count((byte)'\n');
            if (hit == block.Length)
                return;
            var end = hit + block[hit..].IndexOf((byte)'\n');
            Line++;
            Examine(block[start..end]);
            at = end + 1;
        }
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(letters);

    private static int NextBackslash(ReadOnlySpan<byte> block, int from)
    {
        var found = block[from..].IndexOf((byte)'\\');
        return found < 0 ? block.Length : from + found;
    }

    private ReadOnlySpan<char> Widen(ReadOnlySpan<byte> block)
    {
        if (letters.Length < block.Length)
        {
            ArrayPool<char>.Shared.Return(letters);
            letters = ArrayPool<char>.Shared.Rent(block.Length);
        }
        return letters.AsSpan(0, Encoding.Latin1.GetChars(block, letters));
    }

    private void Examine(ReadOnlySpan<byte> line)
    {
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        if (Line == 1 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (!format.TryRead(line))
        {
            if (prefilter.Mentions(line))
                throw new BadLineException("mentions this person and cannot be read");
            Skipped++;
        }
        else if (format.IsTheirs(line))
        {
            Matched++;
            format.Write(line, Line, records);
        }
    }
}

/// <summary>A line of the person is no good. The message goes on after the line's number and quotes nothing of it.</summary>
internal sealed class BadLineException(string message) : Exception(message);
