using System.Text;
using MimeKit;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Intake.Words;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>The words of a message that is kept with a case. Untrusted, and personal data.</summary>
public sealed class RequestText(CaseFiles files)
{
    /// <summary>The name under which a request is kept.</summary>
    public const string RequestFile = "request.eml";

    private const int ExcerptLength = 2_000;
    private const int PageLength = 20_000;

    // The text comes before the attachments, and no text that a person writes is longer than this.
    internal const int MaxBytesRead = 4 << 20;

    /// <summary>
    /// The beginning of the request, at most 2,000 characters of its sender's own words, and what else it holds by name; empty where there
    /// is nothing.
    /// </summary>
    public Task<string> ExcerptAsync(CaseId caseId, CancellationToken cancellation = default) =>
        ExcerptAsync(caseId, RequestFile, cancellation);

    /// <summary>The request for a page: at most 20,000 characters of each voice.</summary>
    public async Task<RequestWords> WordsAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var words = (await ReadAsync(caseId, RequestFile, cancellation)).Words;
        var quoted = words.Quoted.Trim();
        return new RequestWords(
            words.Excerpt(PageLength), quoted.Length <= PageLength ? quoted : quoted[..(PageLength - 1)] + "…");
    }

    /// <param name="file">The name of a message in the case's container.</param>
    /// <inheritdoc cref="ExcerptAsync(CaseId, CancellationToken)"/>
    public async Task<string> ExcerptAsync(CaseId caseId, string file, CancellationToken cancellation)
    {
        return (await ReadAsync(caseId, file, cancellation)).Words.Excerpt(ExcerptLength);
    }

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

    /// <summary>Reads what can be read: a broken message gives as much as its beginning does, or nothing, never an error.</summary>
    internal static ReceivedWords Read(byte[] mime)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(mime));
            var authentication = message.Headers.FirstOrDefault(header => header.Id == HeaderId.AuthenticationResults);
            return new ReceivedWords(MimeWords.Of(message, Reading.MaxCharacters), authentication);
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
    /// <returns>As <see cref="Case.Authentication"/>.</returns>
    public string VouchedFor(EmailAddress from) => AuthenticationVerdict.Of(Authentication, from);
}
