using System.Globalization;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Tnef;
using Org.BouncyCastle.Cms;

namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>
/// Finds the words in a message's parts. All text parts are read; of alternatives, the one that says most; what is wrapped in a signature
/// or by Outlook is unwrapped; everything else is named. An attached message is not read: what it asks for, its sender asked.
/// </summary>
internal sealed class MimeWords
{
    private const int Deepest = 20;
    private const int MostNamed = 20;
    private const int LongestName = 100;
    private readonly List<string> texts = [];
    private readonly List<string> notShown = [];
    private readonly int longest;

    private MimeWords(int longest) => this.longest = longest;

    /// <param name="longest">Characters that are read of each text.</param>
    public static MailWords Of(MimeMessage message, int longest)
    {
        var words = new MimeWords(longest);
        words.Read(message.Body, 0);
        // Each text by itself: a quote's head in one says nothing of the next.
        var blocks = words.texts.SelectMany(VoiceSplit.Of);
        return new MailWords(Joined(blocks, longest), [.. words.notShown.Distinct().Take(MostNamed)]);
    }

    private static List<WordBlock> Joined(IEnumerable<WordBlock> blocks, int longest)
    {
        List<WordBlock> joined = [];
        var left = longest;
        foreach (var block in blocks)
        {
            if (left <= 0)
                break;
            var text = block.Text.Length <= left ? block.Text : block.Text[..left];
            left -= text.Length;
            if (joined.Count > 0 && joined[^1].Voice == block.Voice)
                joined[^1] = block with { Text = joined[^1].Text + "\n\n" + text };
            else
                joined.Add(block with { Text = text });
        }
        return joined;
    }

    private void Read(MimeEntity? entity, int depth)
    {
        if (entity is null || depth > Deepest)
            return;
        switch (entity)
        {
            case MultipartEncrypted:
                notShown.Add("an encrypted message");
                break;
            case MultipartAlternative alternatives:
                ReadAlternatives(alternatives, depth);
                break;
            case MultipartRelated related:
                Read(related.Root ?? related.FirstOrDefault(), depth + 1);
                break;
            case Multipart multipart:
                foreach (var part in multipart.Where(part => !IsSignature(part)))
                    Read(part, depth + 1);
                break;
            case MessagePart attached:
                notShown.Add($"an attached message ({Name(attached.Message?.Subject, "without a subject")})");
                break;
            case ApplicationPkcs7Mime wrapped:
                ReadWrapped(wrapped, depth);
                break;
            case TnefPart outlook:
                ReadOutlook(outlook, depth);
                break;
            case TextPart text when TextOf(text) is { } words:
                texts.Add(words);
                break;
            case MimePart part:
                notShown.Add(Name(part.FileName, $"a file without a name ({part.ContentType.MimeType})"));
                break;
            default:
                notShown.Add($"a part of the kind {Name(entity.ContentType.MimeType, "unknown")}");
                break;
        }
    }

    /// <summary>As a mail program, we read of alternatives what says most; see <see cref="Alternatives"/>.</summary>
    private void ReadAlternatives(MultipartAlternative alternatives, int depth)
    {
        List<IReadOnlyList<string>> read = [];
        foreach (var alternative in alternatives)
        {
            var one = new MimeWords(longest);
            one.Read(alternative, depth + 1);
            // A picture of the same words need not be named where there are words.
            if (one.texts.Any(text => text.Trim().Length > 0))
                read.Add(one.texts);
            notShown.AddRange(one.notShown);
        }
        texts.AddRange(Alternatives.Choose(read));
    }

    /// <summary>A signature around the message is taken off and not checked: nothing rests on it. What is encrypted stays so.</summary>
    private void ReadWrapped(ApplicationPkcs7Mime wrapped, int depth)
    {
        try
        {
            if (wrapped.SecureMimeType is SecureMimeType.SignedData or SecureMimeType.Unknown && wrapped.Content is { } content)
            {
                using var signed = content.Open();
                var inner = new CmsSignedDataParser(signed).GetSignedContent();
                using var mime = new MemoryStream();
                inner.ContentStream.CopyTo(mime);
                mime.Position = 0;
                Read(MimeEntity.Load(mime), depth + 1);
                return;
            }
        }
        catch (Exception broken) when (
            broken is CmsException or IOException or FormatException or ArgumentException or InvalidCastException)
        {
            // It is named below.
        }
        notShown.Add(
            wrapped.SecureMimeType == SecureMimeType.EnvelopedData ? "an encrypted message" : "a message in a form that cannot be read");
    }

    private void ReadOutlook(TnefPart outlook, int depth)
    {
        try
        {
            Read(outlook.ConvertToMessage().Body, depth + 1);
        }
        // What MimeKit throws at a broken one; NotSupportedException is .NET's word for an unknown charset.
        catch (Exception broken) when (
            broken is TnefException or IOException or FormatException or ArgumentException or NotSupportedException)
        {
            notShown.Add(Name(outlook.FileName, "winmail.dat"));
        }
    }

    /// <returns>Null where it is a file, or nothing that people read.</returns>
    private string? TextOf(TextPart text)
    {
        if (text.IsAttachment || (text.FileName is { Length: > 0 } && !text.IsHtml && !text.ContentType.IsMimeType("text", "plain")))
            return null;
        return text.IsHtml ? Clean(HtmlWords.Of(MimeText.Of(text), longest))
            : text.ContentType.MediaSubtype.ToLowerInvariant() is "plain" or "enriched" or "markdown" ? Clean(MimeText.Of(text))
            : null;
    }

    private string Clean(string text)
    {
        var read = text.Length > longest ? text[..longest] : text;
        return string.Concat(
            read.Where(c => c is '\n' or '\t' || (!char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)));
    }

    private static bool IsSignature(MimeEntity part) =>
        part.ContentType.MimeType.ToLowerInvariant() is
            "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature" or "application/pgp-keys";

    private static string Name(string? name, string otherwise)
    {
        var plain = string.Concat((name ?? "").Where(c => !char.IsControl(c))).Trim();
        return plain.Length == 0 ? otherwise : plain.Length <= LongestName ? plain : plain[..(LongestName - 1)] + "…";
    }
}
