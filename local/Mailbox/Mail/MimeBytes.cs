using MimeKit;

namespace LocalMailbox.Mail;

internal static class MimeBytes
{
    private static readonly FormatOptions Crlf = CrlfOptions();

    /// <summary>The message in seven-bit MIME with CRLF, as mail travels.</summary>
    public static byte[] Of(MimeMessage message)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        message.WriteTo(Crlf, bytes);
        return bytes.ToArray();
    }

    private static FormatOptions CrlfOptions()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }
}
