using MimeKit;

namespace Spectrum.PrivacyFlows.Intake.Replies;

/// <summary>
/// What a mail service says became of a letter (RFC 3464). Untrusted: anybody can write one, but only about a letter they know.
/// </summary>
/// <param name="IsFailure">It was not delivered, and will not be.</param>
/// <param name="Status">As in <c>5.1.1</c>; empty where the report has none.</param>
/// <param name="Recipient">Whom the letter was for; untrusted personal data, empty where the report does not say.</param>
/// <param name="Reason">In the service's words; untrusted, empty where it says nothing.</param>
/// <param name="MessageIds">Of the letter that it is about.</param>
internal sealed record DeliveryReport(
    bool IsFailure, string Status, string Recipient, string Reason, IReadOnlyList<string> MessageIds)
{
    private const int Longest = 300;

    /// <summary>As much of a report as a beginning holds; a service that writes no proper one means a failure.</summary>
    public static DeliveryReport Read(byte[] mime)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(mime));
            var parts = Parts(message.Body).ToList();
            var fields = parts.OfType<MessageDeliveryStatus>().SelectMany(part => part.StatusGroups).ToList();
            string Field(string name) => OneLine(fields.Select(group => group[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value)));
            var action = Field("Action");
            var isReceipt = message.Body is MultipartReport { ReportType: { } type }
                && !type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase);
            IEnumerable<string?> ids =
            [
                .. parts.OfType<MessagePart>().Select(part => part.Message?.MessageId), message.InReplyTo, .. message.References,
            ];
            return new DeliveryReport(
                !isReceipt && (action is "" || action.Equals("failed", StringComparison.OrdinalIgnoreCase)),
                Field("Status"), AfterType(Field("Final-Recipient")), AfterType(Field("Diagnostic-Code")),
                [.. ids.OfType<string>().Where(id => id.Length > 0).Distinct().Take(30)]);
        }
        // What MimeKit throws at malformed mail.
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            return new DeliveryReport(false, "", "", "", []);
        }
    }

    private static IEnumerable<MimeEntity> Parts(MimeEntity? entity) =>
        entity is Multipart multipart ? multipart.SelectMany(Parts) : entity is null ? [] : [entity];

    // As in rfc822;gus@example.org and smtp;550 5.1.1 no such user.
    private static string AfterType(string field) => field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    private static string OneLine(string? text)
    {
        var line = string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= Longest ? line : line[..Longest];
    }
}
