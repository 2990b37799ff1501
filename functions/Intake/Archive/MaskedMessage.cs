using System.Text;
using MimeKit;
using Spectrum.PrivacyFlows.Intake.Words;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Intake.Archive;

/// <summary>A message that quotes links or codes of ours, with these masked.</summary>
internal static class MaskedMessage
{
    /// <param name="beginning">As much of the message as is looked at; what follows is an attachment as a rule, and is left out.</param>
    /// <returns>Null where nothing has to be masked.</returns>
    public static byte[]? Of(byte[] beginning)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(new MemoryStream(beginning));
            if (!Mask(message))
                return MaskRaw(beginning);
        }
        // What MimeKit and the text decoders throw at malformed mail; NotSupportedException is .NET's word for an unknown charset.
        catch (Exception broken) when (broken is FormatException or DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return MaskRaw(beginning);
        }
        using var masked = new MemoryStream();
        message.WriteTo(masked);
        return MaskRaw(masked.ToArray()) ?? masked.ToArray();
    }

    private static bool Mask(MimeMessage message)
    {
        var isMasked = false;
        // A forwarded letter is a message within the message.
        foreach (var part in Parts(message.Body))
        {
            if (part is MessagePart { Message: { } inner })
                isMasked |= Mask(inner);
            else if (part is TextPart text && MimeText.Of(text) is var words && SecretMask.Of(words) is var masked && masked != words)
            {
                text.SetText(Encoding.UTF8, masked);
                isMasked = true;
            }
        }
        return isMasked;
    }

    private static IEnumerable<MimeEntity> Parts(MimeEntity? entity) =>
        entity is Multipart multipart ? multipart.SelectMany(Parts) : entity is null ? [] : [entity];

    /// <summary>Where a token stands in the open outside the text parts, as in a header or in something that is no message.</summary>
    private static byte[]? MaskRaw(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var masked = SecretMask.Of(text);
        return masked == text ? null : Encoding.Latin1.GetBytes(masked);
    }
}
