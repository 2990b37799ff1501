using System.Diagnostics;
using LocalMachine;

namespace LocalDemo;

/// <summary>What happens in the demo, in order.</summary>
internal sealed class DemoStory(Uri app, LocalClock clock, Surroundings machine, DemoReport report)
{
    public async Task PlayAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var graph = new HttpClient { BaseAddress = new Uri(Setting("Mailbox:GraphBaseUrl").TrimEnd('/') + "/") };
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        var sample = await SamplePerson.ReadAsync(
            Path.Combine(machine.DataFolder, "systems", "expected.json"), address: null, cancellation);
        var journey = new RequestJourney(
            new MailUser(graph, sample.Address),
            new MailUser(graph, Setting("Officer:Address")),
            new WebVisitor(http),
            Setting("Mailbox:Address"));

        await report.StepAsync("The app is ready and takes mail", () => AwaitHealthAsync(http, cancellation));
        await AskAsync(journey, cancellation);
        await ConfirmAsync(journey, cancellation);
        await ApproveAsync(journey, cancellation);
        var file = await DownloadAsync(journey, http, cancellation);
        await report.StepAsync(
            "Every record that the sample systems hold about the person is in the bundle",
            () => BundleCheck.RunAsync(file, sample, cancellation));
        await ExpireAsync(journey, cancellation);

        report.Timeline(await CaseTimeline.ReadAsync(machine.Storage, journey.CaseId, cancellation));
        report.Note($"The bundle is {file}. Machine time: {watch.Elapsed.TotalSeconds:0} seconds.");
    }

    private async Task AskAsync(RequestJourney journey, CancellationToken cancellation)
    {
        await report.StepAsync(
            $"{journey.Person.Address} asks for a copy of their data",
            () => journey.AskAsync(cancellation, body: RequestJourney.AccessAndPortabilityRequest));
        await report.StepAsync("The acknowledgement arrives in the same thread", () => journey.ReadAcknowledgementAsync(cancellation));
        report.Note($"Case {journey.CaseId}");
    }

    private async Task ConfirmAsync(RequestJourney journey, CancellationToken cancellation)
    {
        await report.StepAsync("Three days pass without an answer", () => clock.AdvanceAsync(TimeSpan.FromDays(3), cancellation));
        await report.StepAsync("A reminder arrives", () => journey.Person.ReadNewAsync("Reminder", journey.Patience, cancellation));
        await report.StepAsync("The person opens the link and says: yes, I sent it", () => journey.ConfirmAsync(cancellation));
    }

    private async Task ApproveAsync(RequestJourney journey, CancellationToken cancellation)
    {
        var review = await report.StepAsync(
            "Every system is searched, the bundle is built, the officer is asked to decide",
            () => journey.ReadReviewLetterAsync(cancellation));
        await report.StepAsync("The officer approves", () => journey.ApproveAsync(review, cancellation));
    }

    private async Task<string> DownloadAsync(RequestJourney journey, HttpClient http, CancellationToken cancellation)
    {
        await report.StepAsync("The delivery letter arrives", () => journey.ReadDeliveryLetterAsync(cancellation));
        var code = await report.StepAsync("The person asks for a code, and it arrives by email", () => journey.GetCodeAsync(cancellation));
        var link = await report.StepAsync("The person types the code", () => journey.OpenAsync(code, cancellation));
        var file = Path.Combine(Directory.CreateDirectory("out").FullName, journey.CaseId + ".zip");
        await report.StepAsync("The bundle is downloaded", () => RequestJourney.SaveAsync(http, link, file, cancellation));
        return file;
    }

    private async Task ExpireAsync(RequestJourney journey, CancellationToken cancellation)
    {
        await report.StepAsync(
            "Eight days pass: the link expires, bundle and staged data are deleted",
            () => clock.AdvanceAsync(TimeSpan.FromDays(8), cancellation));
        await report.StepAsync("The link answers that it has ended, and how to ask again", async () =>
        {
            var answer = await journey.Web.OpenAsync(journey.DownloadLink!, cancellation);
            if ((int)answer.Status != 410)
                throw new InvalidOperationException($"It answered {(int)answer.Status} instead of 410.");
        });
        await report.StepAsync("The closing letter arrives", () => journey.Person.ReadNewAsync("closed", journey.Patience, cancellation));
    }

    private async Task AwaitHealthAsync(HttpClient http, CancellationToken cancellation)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(100, cancellation))
        {
            using var answer = await http.GetAsync(new Uri(app, "api/health/ready"), cancellation);
            if (answer.IsSuccessStatusCode)
                return;
        }
        throw new TimeoutException("It did not take mail within a minute.");
    }

    private string Setting(string key) =>
        machine.Configuration[key] ?? throw new InvalidOperationException($"The setting {key} is missing.");
}
