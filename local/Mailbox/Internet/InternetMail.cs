using LocalMailbox.Drafts;
using LocalMailbox.Graph;
using LocalMailbox.Mail;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Internet;

/// <summary>
/// <c>POST /local/mail</c>: raw MIME as the internet would deliver it, kept byte for byte. Who gets it says <c>?to=</c>
/// (repeatable), as an envelope would; without it, the header's To, Cc and Bcc.
/// </summary>
internal static class InternetMail
{
    public const int MaxRecipients = 20_000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/local/mail", DeliverAsync);

    private static async Task<IResult> DeliverAsync(HttpContext http, MailStore store)
    {
        if (http.Request.ContentLength > Outbox.MaxMessage)
            return TooLarge();
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length > Outbox.MaxMessage)
            return TooLarge();
        if (body.Length == 0)
            return Results.Text("The body is empty: send the message as message/rfc822.", statusCode: 400);
        var mime = body.ToArray();
        var mail = MailReader.Read(mime, store.Now);
        var recipients = Envelope(http.Request.Query["to"]) ?? mail.Envelope.Recipients();
        if (recipients.Count is 0 or > MaxRecipients)
            return Results.Text($"{recipients.Count} recipients: name 1 to {MaxRecipients} with ?to= or in the header.", statusCode: 400);
        var delivered = store.Deliver(mail, recipients);
        return Results.Json(new { delivered = delivered.Count, id = delivered[0].ImmutableId }, statusCode: 202);
    }

    private static List<string>? Envelope(IEnumerable<string?> given)
    {
        List<string> recipients = [.. given.OfType<string>()
            .Select(address =>
                MailboxAddress.TryParse(address, out var parsed) && parsed.Address.Contains('@') ? parsed.Address.ToLowerInvariant() : null)
            .OfType<string>()
            .Distinct()];
        return given.Any() ? recipients : null;
    }

    private static IResult TooLarge() => Results.Text("A message has at most 150 MB.", statusCode: 413);
}
