using System.Text;
using MimeKit;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Carried;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Intake.Words;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>The words of a message that is kept with a case. Untrusted, and personal data.</summary>
public sealed class RequestText(CaseFiles files)
{
    /// <summary>The name under which a request is kept.</summary>
    public const string RequestFile = "request.eml";

    private const int ExcerptLength = 2_000;
    private const int PageLength = 20_000;
    private const int MostAttached = 5;

    // The text comes before the attachments, and no text that a person writes is longer than this.
    internal const int MaxBytesRead = 4 << 20;

    /// <summary>
    /// The beginning of the request, at most 2,000 characters of its sender's own words, and what else it holds by name; empty where there
    /// is nothing.
    /// </summary>
    public async Task<string> ExcerptAsync(Case found, CancellationToken cancellation = default) =>
        (await OfAsync(found, cancellation)).Excerpt(ExcerptLength);

    /// <summary>The request for a page: at most 20,000 characters of each voice.</summary>
    public async Task<RequestWords> WordsAsync(Case found, CancellationToken cancellation = default)
    {
        var words = await OfAsync(found, cancellation);
        var quoted = words.Quoted.Trim();
        return new RequestWords(
            words.Excerpt(PageLength), quoted.Length <= PageLength ? quoted : quoted[..(PageLength - 1)] + "…");
    }

    /// <param name="file">The name of a message in the case's container.</param>
    /// <inheritdoc cref="ExcerptAsync(Case, CancellationToken)"/>
    public async Task<string> ExcerptAsync(CaseId caseId, string file, CancellationToken cancellation)
    {
        return (await ReadAsync(caseId, file, cancellation)).Words.Excerpt(ExcerptLength);
    }

    private async Task<MailWords> OfAsync(Case found, CancellationToken cancellation) =>
        (await ReadAsync(found.Id, RequestFile, cancellation)).Of(found.Channel, found.From);

    internal async Task<ReceivedWords> ReadAsync(CaseId caseId, string file, CancellationToken cancellation)
    {
        try
        {
            await using var stored = await files.OpenReadAsync(caseId, file, cancellation);
            var beginning = new byte[(int)Math.Min(stored.Length, MaxBytesRead)];
            await stored.ReadExactlyAsync(beginning, cancellation);
            return Read(beginning);
        }
        catch (FileNotFoundException)
        {
            // Somebody deleted it, which the nightly comparison tells; the case goes on, and the mailbox has it still.
            return new ReceivedWords(MailWords.None with { NotShown = ["a message that is not kept here any more"] }, null);
        }
    }

    private static List<ForwardedHead> AttachedTo(MimeMessage message)
    {
        List<ForwardedHead> found = [];
        foreach (var inner in message.BodyParts.OfType<MessagePart>().Select(part => part.Message).OfType<MimeMessage>().Take(MostAttached))
        {
            if (!EmailAddress.TryParse(inner.From.Mailboxes.FirstOrDefault()?.Address, out var from))
                continue;
            DateOnly? on = inner.Date == DateTimeOffset.MinValue ? null : DeadlineCalculator.LondonDate(inner.Date);
            found.Add(new ForwardedHead(from, on, MimeWords.Of(inner, Reading.MaxCharacters).Blocks));
        }
        return found;
    }

    /// <summary>Reads what can be read: a broken message gives as much as its beginning does, or nothing, never an error.</summary>
    internal static ReceivedWords Read(byte[] mime)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(mime));
            var authentication = message.Headers.FirstOrDefault(header => header.Id == HeaderId.AuthenticationResults);
            return new ReceivedWords(MimeWords.Of(message, Reading.MaxCharacters), authentication) { Attached = AttachedTo(message) };
        }
        // What MimeKit and the text decoders throw at malformed mail; NotSupportedException is .NET's word for an unknown charset.
        catch (Exception broken) when (broken is FormatException or DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return new ReceivedWords(MailWords.None with { NotShown = ["a message that is too broken to be read"] }, null);
        }
    }
}

/// <param name="Words">As a person would read them, at most 256 K characters.</param>
/// <param name="Authentication">The topmost Authentication-Results header; null where there is none.</param>
internal sealed record ReceivedWords(MailWords Words, Header? Authentication)
{
    /// <summary>The messages that are attached to it.</summary>
    public IReadOnlyList<ForwardedHead> Attached { get; init; } = [];

    /// <summary>The words by the voice of whoever asks: of what a colleague forwarded, the quoted person's.</summary>
    public MailWords Of(RequestChannel channel, EmailAddress person)
    {
        if (channel != RequestChannel.Colleague)
            return Words;
        var heads = ForwardedHead.In(Words).Concat(Attached).ToList();
        return (heads.Find(head => head.From.Equals(person)) ?? heads.FirstOrDefault()) is { } theirs
            ? Words with { Blocks = [new WordBlock(Voice.Quoted, Words.Own), .. theirs.Words] }
            : Words;
    }

    /// <returns>As <see cref="Case.Authentication"/>.</returns>
    public string VouchedFor(EmailAddress from) => AuthenticationVerdict.Of(Authentication, from);
}
