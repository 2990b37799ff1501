using System.Globalization;
using System.Text;
using MimeKit;

namespace LocalMailbox.Mail;

/// <summary>
/// What the receiving service adds above a message that came from a mailbox here: the path, and that its sender is genuine.
/// </summary>
internal static class ReceivingService
{
    public static byte[] Stamp(MimeMessage message, string sender, DateTimeOffset now)
    {
        var domain = sender[(sender.LastIndexOf('@') + 1)..];
        var date = now.ToString("ddd, d MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        var header = $"Received: from mail.localhost (127.0.0.1) by mailbox.localhost (127.0.0.1)\r\n with HTTP; {date}\r\n"
            + $"Authentication-Results: spf=pass (sender IP is 127.0.0.1)\r\n smtp.mailfrom={domain}; dkim=pass (signature was "
            + $"verified)\r\n header.d={domain};dmarc=pass action=none\r\n header.from={domain};compauth=pass reason=100\r\n"
            + $"Return-Path: {sender}\r\n";
        return [.. Encoding.UTF8.GetBytes(header), .. MimeBytes.Of(message)];
    }
}
