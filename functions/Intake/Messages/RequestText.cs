using System.Globalization;
using System.Text;
using MimeKit;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Understanding;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>The words of a message that is kept with a case. Untrusted, and personal data.</summary>
public sealed class RequestText(CaseFiles files)
{
    /// <summary>The name under which a request is kept.</summary>
    public const string RequestFile = "request.eml";

    private const int ExcerptLength = 1_000;

    // The text comes before the attachments, and no text that a person writes is longer than this.
    internal const int MaxBytesRead = 4 << 20;

    /// <summary>The beginning of the request, at most 1,000 characters; empty where it has no text.</summary>
    public Task<string> ExcerptAsync(CaseId caseId, CancellationToken cancellation = default) =>
        ExcerptAsync(caseId, RequestFile, cancellation);

    /// <param name="file">The name of a message in the case's container.</param>
    /// <inheritdoc cref="ExcerptAsync(CaseId, CancellationToken)"/>
    public async Task<string> ExcerptAsync(CaseId caseId, string file, CancellationToken cancellation)
    {
        var text = (await ReadAsync(caseId, file, cancellation)).Text.Trim();
        return text.Length <= ExcerptLength ? text : text[..(ExcerptLength - 1)] + "…";
    }

    internal async Task<ReceivedWords> ReadAsync(CaseId caseId, string file, CancellationToken cancellation)
    {
        await using var stored = await files.OpenReadAsync(caseId, file, cancellation);
        var beginning = new byte[(int)Math.Min(stored.Length, MaxBytesRead)];
        await stored.ReadExactlyAsync(beginning, cancellation);
        return Read(beginning);
    }

    /// <summary>Reads what can be read: a broken message gives as much as its beginning does, or nothing, never an error.</summary>
    internal static ReceivedWords Read(byte[] mime)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(mime));
            var authentication = message.Headers.FirstOrDefault(header => header.Id == HeaderId.AuthenticationResults);
            return new ReceivedWords(Clean(TextOf(message)), authentication);
        }
        // What MimeKit and the text decoders throw at malformed mail; NotSupportedException is .NET's word for an unknown charset.
        catch (Exception broken) when (broken is FormatException or DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return new ReceivedWords("", null);
        }
    }

    // Only the outer message counts: what a forwarded one asks for, its sender asked.
    private static string TextOf(MimeMessage message)
    {
        var text = message.TextBody;
        return string.IsNullOrWhiteSpace(text) && message.HtmlBody is { } html ? HtmlWords.Of(html) : text ?? "";
    }

    private static string Clean(string text)
    {
        var read = text.Length > Reading.MaxCharacters ? text[..Reading.MaxCharacters] : text;
        return string.Concat(
            read.Where(c => c is '\n' or '\t' || (!char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)));
    }
}

/// <param name="Text">As a person would read it, at most 256 K characters.</param>
/// <param name="Authentication">The topmost Authentication-Results header; null where there is none.</param>
internal sealed record ReceivedWords(string Text, Header? Authentication)
{
    /// <returns>As <see cref="Case.Authentication"/>.</returns>
    public string VouchedFor(EmailAddress from) => AuthenticationVerdict.Of(Authentication, from);
}
