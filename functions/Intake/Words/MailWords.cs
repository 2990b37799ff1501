using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>Whose words a part of a message is.</summary>
internal enum Voice
{
    /// <summary>The sender's.</summary>
    Own,

    /// <summary>
    /// The sender's or not: below a signature's dashes, or behind what may be a quote's head. Where it asks, a human decides.
    /// </summary>
    Doubtful,

    /// <summary>Quoted from another message.</summary>
    Quoted,
}

/// <param name="Text">Whole lines, without a line end behind the last.</param>
internal sealed record WordBlock(Voice Voice, string Text);

/// <summary>The words of a message, in their order, by whose they are. Untrusted, and personal data.</summary>
/// <param name="Blocks">Neighbours differ in their voice.</param>
/// <param name="NotShown">What else the message holds, as its sender named it: files, attached messages, what is encrypted.</param>
internal sealed record MailWords(IReadOnlyList<WordBlock> Blocks, IReadOnlyList<string> NotShown)
{
    /// <summary>What stands in an excerpt where a quote was left out.</summary>
    public const string LeftOut = "[quoted words left out]";

    public static readonly MailWords None = new([], []);

    public string Own => Of(Voice.Own);

    public string Doubtful => Of(Voice.Doubtful);

    public string Quoted => Of(Voice.Quoted);

    public bool HasWords => Blocks.Any(block => block.Voice != Voice.Quoted && !string.IsNullOrWhiteSpace(block.Text));

    /// <summary>
    /// What the sender wrote, with a mark for each quote between it; where they wrote nothing, a sentence that says what there is.
    /// </summary>
    /// <param name="longest">Characters.</param>
    public string Excerpt(int longest)
    {
        var text = HasWords ? string.Join('\n', Blocks.Select(Shown)).Trim('\n', ' ') : "";
        text = text.Length <= longest ? text : text[..(longest - 1)] + "…";
        return string.Join("\n\n", new[] { text, Explanation }.Where(part => part.Length > 0));
    }

    private static string Shown(WordBlock block) => block.Voice == Voice.Quoted ? LeftOut : block.Text;

    /// <summary>As in <c>(The mail also holds letter.pdf: open it in the mailbox.)</c>; empty where its words are all.</summary>
    private string Explanation => NotShown.Count == 0
        ? HasWords || Blocks.Count == 0 ? "" : "(No words of its own: all is quoted from another message.)"
        : HasWords
            ? $"(The mail also holds {PlainWords.List(NotShown)}: open it in the mailbox.)"
            : $"(The mail has no text. It holds {PlainWords.List(NotShown)}: open it in the mailbox.)";

    private string Of(Voice voice) => string.Join("\n\n", Blocks.Where(block => block.Voice == voice).Select(block => block.Text));
}
