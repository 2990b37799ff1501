using System.Globalization;
using System.Text;
using MimeKit;

namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>The characters of a text part, in any charset that .NET knows: beside Unicode those of Windows, East Asia and Russia.</summary>
internal static class MimeText
{
    // MimeKit remembers which charsets there are from when it was first used, so the others are looked up here.
    static MimeText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>By the declared charset; where that is unknown or does not fit the bytes, as far as MimeKit makes sense of them.</summary>
    public static string Of(TextPart text)
    {
        if (Find(text.ContentType.Charset) is not { } encoding || text.Content is null)
            return text.Text;
        using var bytes = new MemoryStream();
        text.Content.DecodeTo(bytes);
        try
        {
            return encoding.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return text.Text;
        }
    }

    private static Encoding? Find(string? charset)
    {
        var name = charset?.Trim().ToLowerInvariant() ?? "";
        // People's programs write these for what is in truth something else, and MimeKit finds out.
        if (name is "" or "us-ascii" or "ascii" or "utf-8" or "utf8")
            return null;
        try
        {
            var fallback = DecoderFallback.ExceptionFallback;
            return name.StartsWith("cp", StringComparison.Ordinal)
                && int.TryParse(name[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                ? Encoding.GetEncoding(page, EncoderFallback.ReplacementFallback, fallback)
                : Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, fallback);
        }
        // NotSupportedException is .NET's word for an unknown charset.
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
