namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>
/// Tells a message's own words from those that it quotes, line by line. Quoted are lines with a mark before them, a quote's head, and
/// what follows a head whose quote bears no marks. Own words below and between quotes, below dashes and at any indentation count.
/// </summary>
internal sealed class VoiceSplit
{
    private const int LongestHead = 14;
    private const int LinesOfAnAttribution = 3;
    private readonly string[] lines;
    private readonly List<WordBlock> blocks = [];
    private readonly List<string> block = [];
    private Voice voice = Voice.Own;

    // No head is longer than this: what follows in a line is no part of it, and patterns take no time over it.
    private const int LongestLine = 400;

    private readonly string[] heads;

    private VoiceSplit(string text)
    {
        lines = text.ReplaceLineEndings("\n").Split('\n');
        heads = [.. lines.Select(line => line.Trim()).Select(line => line.Length <= LongestLine ? line : line[..LongestLine])];
    }

    public static IReadOnlyList<WordBlock> Of(string text)
    {
        var split = new VoiceSplit(text);
        split.Run();
        return split.blocks;
    }

    /// <summary>With <c>&gt;</c> before it, its wide form, or a name's first letters and the mark, as some programs have it.</summary>
    private static bool IsMarked(string line)
    {
        var start = line.AsSpan().TrimStart();
        var name = 0;
        while (name < 3 && name < start.Length && char.IsAsciiLetterUpper(start[name]))
            name++;
        return name < start.Length && start[name] is '>' or '＞';
    }

    private void Run()
    {
        var rest = Voice.Own;
        for (var i = 0; i < lines.Length;)
        {
            if (IsMarked(lines[i]))
                Add(Voice.Quoted, i, 1, ref i);
            else if (rest != Voice.Quoted && HeadAt(i) is { } head)
                (_, rest) = (Take(head, ref i), head.Then ?? rest);
            else if (rest == Voice.Quoted && QuoteHeads.IsEnd(heads[i]))
                (_, rest) = (Take(new Head(1, Voice.Quoted, null), ref i), Voice.Own);
            else
            {
                // A signature's mark by RFC 3676, with its blank; bare dashes are how people part two wishes.
                if (rest == Voice.Own && lines[i] == "-- ")
                    rest = Voice.Doubtful;
                Add(rest, i, 1, ref i);
            }
        }
        Close();
    }

    private int Take(Head head, ref int i)
    {
        Add(head.Voice, i, head.Lines, ref i);
        return head.Lines;
    }

    private void Add(Voice whose, int first, int count, ref int next)
    {
        // An empty line belongs to what stands around it.
        if (whose != voice && !(count == 1 && heads[first].Length == 0))
        {
            Close();
            voice = whose;
        }
        block.AddRange(lines.AsSpan(first, count));
        next = first + count;
    }

    private void Close()
    {
        var text = string.Join('\n', block).Trim('\n');
        if (text.Trim().Length > 0)
        {
            if (blocks.Count > 0 && blocks[^1].Voice == voice)
                blocks[^1] = new WordBlock(voice, blocks[^1].Text + "\n" + text);
            else
                blocks.Add(new WordBlock(voice, text));
        }
        block.Clear();
    }

    private Head? HeadAt(int i)
    {
        if (heads[i].Length == 0)
            return null;
        if (QuoteHeads.IsDashed(heads[i]))
            return new Head(1, Voice.Quoted, Then(i + 1));
        if (QuoteHeads.IsUnderscores(heads[i]) && Next(i + 1) is { } below && HeadersAt(below) is { Voice: Voice.Quoted } headers)
            return headers with { Lines = below - i + headers.Lines };
        return HeadersAt(i) ?? AttributionAt(i);
    }

    /// <summary>
    /// Outlook's block of headers: three labels in a row, of different kinds, with the sender's among them. Two may be the head of a
    /// letter that somebody typed; one is a line like any other.
    /// </summary>
    private Head? HeadersAt(int first)
    {
        var kinds = new HashSet<HeadLabel>();
        var end = first;
        for (var i = first; i < Math.Min(lines.Length, first + LongestHead); i++)
        {
            if (heads[i].Length == 0)
            {
                if (i + 1 < lines.Length && heads[i + 1].Length == 0)
                    break;
                continue;
            }
            if (QuoteHeads.LabelOf(heads[i]) is not { } found)
            {
                // A long list of addresses goes on in the next line, and a table's cell stands in a line of its own.
                if (i > first && end == i && (char.IsWhiteSpace(lines[i][0]) || QuoteHeads.LabelOf(heads[i - 1]) is { Value: "" }))
                    end = i + 1;
                else
                    break;
                continue;
            }
            kinds.Add(found.Label);
            end = i + 1;
        }
        if (!kinds.Contains(HeadLabel.From) || kinds.Count < 2)
            return null;
        var isSure = kinds.Count >= 3 && HasOwnWords();
        return isSure ? new Head(end - first, Voice.Quoted, Then(end)) : new Head(end - first, Voice.Doubtful, Voice.Doubtful);
    }

    /// <summary>Where a message begins with a head, somebody may have typed it as a letter's.</summary>
    private bool HasOwnWords() => blocks.Count > 0 || block.Any(line => line.Trim().Length > 0);

    private Head? AttributionAt(int first)
    {
        var line = "";
        for (var count = 1; count <= LinesOfAnAttribution && first + count <= lines.Length; count++)
        {
            var next = heads[first + count - 1];
            if (next.Length == 0 || IsMarked(next))
                return null;
            line += (count > 1 ? " " : "") + next;
            if (!QuoteHeads.IsAttribution(line))
                continue;
            var isMarked = Then(first + count) is null;
            var isPrograms = QuoteHeads.IsOfAProgram(line);
            return new Head(
                count,
                isPrograms ? Voice.Quoted : Voice.Doubtful,
                isMarked ? null : isPrograms && line.Contains('@') ? Voice.Quoted : Voice.Doubtful);
        }
        return null;
    }

    /// <summary>What follows a head: nothing in particular where the quote's own marks say how far it goes.</summary>
    private Voice? Then(int i) => Next(i) is { } next && IsMarked(lines[next]) ? null : Voice.Quoted;

    private int? Next(int i)
    {
        for (; i < lines.Length; i++)
        {
            if (heads[i].Length > 0)
                return i;
        }
        return null;
    }

    /// <param name="Lines">How many lines it takes.</param>
    /// <param name="Voice">Whose they are.</param>
    /// <param name="Then">Whose the lines behind it are; null where they speak for themselves.</param>
    private sealed record Head(int Lines, Voice Voice, Voice? Then);
}
