using System.Globalization;
using LocalDemo;
using Spectrum.PrivacyFlows.Tests.EndToEnd;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>Every stage that a case can go through: the officer sorts it, and the person fetches their data and says so.</summary>
internal sealed class LongJourney
{
    private static readonly string[] Letters =
        ["We have your request", "We have your request", "Your code", "Your data is ready", "Your request is closed"];

    private readonly AppFixture fixture;
    private readonly RequestJourney journey;
    private readonly List<Func<Task>> steps;
    private int done;

    public LongJourney(AppFixture fixture, string address)
    {
        this.fixture = fixture;
        journey = fixture.Journey(address);
        steps =
        [
            () => journey.AskAsync(Cancellation, "Hello", "I have a question about my printer and my details. Please call me."),
            () => journey.ReadAcknowledgementAsync(Cancellation),
            SortAsync,
            () => journey.ReadAcknowledgementAsync(Cancellation),
            () => journey.ConfirmAsync(Cancellation),
            async () => Review = await journey.ReadReviewLetterAsync(Cancellation),
            () => journey.ApproveAsync(Review!, Cancellation),
            () => journey.ReadDeliveryLetterAsync(Cancellation),
            async () => File = await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation),
            FetchAsync,
            () => journey.FillInAsync(journey.DownloadLink!, Cancellation, ("do", "close"), ("have", "yes")),
        ];
    }

    /// <summary>Steps of a journey: after the last the case closes by itself.</summary>
    public const int Steps = 11;

    /// <summary>What a person or officer does, or the letters that the app sends of itself.</summary>
    public static bool IsDoneByPeople(int step) => step is 0 or 2 or 4 or 6 or 8 or 10;

    /// <summary>The step that asks for a code and opens the download with it.</summary>
    public const int WithCode = 9;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ReceivedMail? Review { get; set; }

    private Uri? File { get; set; }

    /// <summary>Takes the steps that are left up to this one, not included.</summary>
    public async Task GoAsync(int to)
    {
        while (done < to)
            await steps[done++]();
    }

    public Task<WebAnswer> AskForACodeAsync() =>
        journey.Web.PostAsync(journey.DownloadLink!, new Dictionary<string, string> { ["do"] = "send-code" }, Cancellation);

    /// <summary>The case is answered, and everybody got each letter once.</summary>
    public async Task EndedWellAsync()
    {
        await fixture.ClosesAsync(journey.CaseId, "answered", Cancellation);
        Assert.Equal(
            Letters,
            (await journey.Person.InboxAsync(Cancellation)).Select(mail => mail.Subject.Split("] ")[1]).Order(StringComparer.Ordinal));
        Assert.Equal(
            2,
            (await journey.Officer.InboxAsync(Cancellation))
                .Count(mail => mail.Subject.Contains(journey.CaseId, StringComparison.Ordinal)));
    }

    private async Task SortAsync()
    {
        var letter = await journey.Officer.ReadNewAsync($"{journey.CaseId}] Please say", journey.Patience, Cancellation);
        await journey.FillInAsync(MailUser.LinkIn(letter, "sort"), Cancellation, ("answer", "access"), ("reviewer", "Olive Officer"));
    }

    private async Task FetchAsync()
    {
        using var answer = await fixture.App.Http.GetAsync(File, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }
}
