using System.Text.RegularExpressions;

namespace LocalDemo;

/// <summary>
/// One request as its people live it, over mail and web alone: each method does what a person does next and waits for what comes back.
/// The demo plays it for somebody to watch, and the end-to-end tests play it against the running app.
/// </summary>
public sealed partial class RequestJourney(MailUser person, MailUser officer, WebVisitor web, string mailbox)
{
    public const string AccessRequest = "Hello,\n\nplease send me a copy of all the personal data that you hold about me.\n\nThank you";

    public const string AccessAndPortabilityRequest =
        "Hello,\n\nplease send me a copy of all the personal data that you hold about me, "
        + "and in a machine-readable format so that I can take it elsewhere (data portability).\n\nThank you";

    /// <summary>How long, in real time, a letter may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public MailUser Person => person;

    public MailUser Officer => officer;

    public WebVisitor Web => web;

    /// <summary>As in <c>PR-2026-000001</c>; empty before the acknowledgement.</summary>
    public string CaseId { get; private set; } = "";

    /// <summary>Null while a colleague has to read the request.</summary>
    public Uri? ConfirmLink { get; private set; }

    public Uri? DownloadLink { get; private set; }

    public Task AskAsync(CancellationToken cancellation, string subject = "Subject access request", string body = AccessRequest) =>
        person.SendAsync(mailbox, subject, body, cancellation);

    public async Task<ReceivedMail> ReadAcknowledgementAsync(CancellationToken cancellation)
    {
        var letter = await person.ReadNewAsync("We have your request", Patience, cancellation);
        ConfirmLink = MailUser.LinksIn(letter).FirstOrDefault(link => link.AbsolutePath.Contains("/confirm/", StringComparison.Ordinal));
        CaseId = letter.Subject.Split('[', ']')[1];
        return letter;
    }

    /// <param name="answer"><c>yes</c> or <c>no</c>.</param>
    public Task<WebAnswer> ConfirmAsync(CancellationToken cancellation, string answer = "yes") =>
        FillInAsync(ConfirmLink!, cancellation, ("answer", answer));

    public Task<ReceivedMail> ReadReviewLetterAsync(CancellationToken cancellation, string subjectHolds = "Please decide") =>
        officer.ReadNewAsync($"{CaseId}] {subjectHolds}", Patience, cancellation);

    public Task<WebAnswer> ApproveAsync(ReceivedMail review, CancellationToken cancellation) =>
        FillInAsync(MailUser.LinkIn(review, "approve"), cancellation, ("reviewer", "Olive Officer"), ("confirm", "approve"));

    public async Task<ReceivedMail> ReadDeliveryLetterAsync(CancellationToken cancellation)
    {
        var letter = await person.ReadNewAsync("Your data is ready", Patience, cancellation);
        DownloadLink = MailUser.LinkIn(letter, "download");
        return letter;
    }

    /// <summary>Asks for a code and reads it from the mail.</summary>
    public async Task<string> GetCodeAsync(CancellationToken cancellation)
    {
        await FillInAsync(DownloadLink!, cancellation, ("do", "send-code"));
        return CodeIn(await person.ReadNewAsync("Your code", Patience, cancellation));
    }

    /// <returns>The link to the file, which lives for an hour.</returns>
    public async Task<Uri> OpenAsync(string code, CancellationToken cancellation)
    {
        var answer = await web.PostAsync(DownloadLink!, new Dictionary<string, string> { ["do"] = "open", ["code"] = code }, cancellation);
        return answer.Location ?? throw new InvalidOperationException($"No file was offered: {(int)answer.Status} {answer.Title}");
    }

    /// <summary>The whole way from asking to the file on disk, without a word said twice.</summary>
    public async Task DownloadBundleAsync(HttpClient http, string file, CancellationToken cancellation, string body = AccessRequest)
    {
        await AskAsync(cancellation, body: body);
        await ReadAcknowledgementAsync(cancellation);
        await ConfirmAsync(cancellation);
        await ApproveAsync(await ReadReviewLetterAsync(cancellation), cancellation);
        await ReadDeliveryLetterAsync(cancellation);
        await SaveAsync(http, await OpenAsync(await GetCodeAsync(cancellation), cancellation), file, cancellation);
    }

    public static async Task SaveAsync(HttpClient http, Uri link, string file, CancellationToken cancellation)
    {
        await using var from = await http.GetStreamAsync(link, cancellation);
        await using var to = File.Create(file);
        await from.CopyToAsync(to, cancellation);
    }

    /// <summary>Fills in a page's form, which must accept it.</summary>
    public async Task<WebAnswer> FillInAsync(Uri link, CancellationToken cancellation, params (string Field, string Value)[] fields)
    {
        var answer = await web.FillInAsync(link, fields.ToDictionary(f => f.Field, f => f.Value), cancellation);
        return (int)answer.Status == 200
            ? answer
            : throw new InvalidOperationException($"The page answered {(int)answer.Status}: {answer.Title}");
    }

    /// <summary>The six digits of a letter with a code.</summary>
    public static string CodeIn(ReceivedMail letter)
    {
        var code = SixDigits().Match(Tags().Replace(letter.Html, " "));
        return code.Success ? code.Value : throw new InvalidOperationException("The letter holds no code.");
    }

    [GeneratedRegex("<style.*?</style>|<[^>]*>|PR-[0-9-]+|&#[0-9]+;|#[0-9a-f]{6}", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex SixDigits();
}
