using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>Plain messages as the internet brings them.</summary>
internal static class Mail
{
    public static string From(string from, string subject, string body, params string[] headers)
    {
        List<string> lines = [.. headers];
        Add("From", from);
        Add("To", "dataprivacy@spectrum.example");
        Add("Date", "Mon, 15 Jun 2026 08:59:00 +0000");
        Add("Message-ID", $"<{Guid.NewGuid():N}@people.example>");
        Add("Content-Type", "text/plain; charset=utf-8");
        if (subject.Length > 0)
            Add("Subject", subject);
        return string.Join('\n', lines) + "\n\n" + body + "\n";

        void Add(string name, string value)
        {
            if (!lines.Exists(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)))
                lines.Add($"{name}: {value}");
        }
    }
}
