using System.Diagnostics;
using LocalDemo;
using LocalHost;
using LocalHost.Setup;
using LocalHost.Worker;
using Spectrum.PrivacyFlows;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Benchmarks;

/// <summary>From a mail to its acknowledgement, brought by a notification, on the whole app: median of 50, one after the other.</summary>
internal static class MailBenchmark
{
    private const int Mails = 50;

    public static async Task RunAsync()
    {
        var functions = new FunctionApp(typeof(Composition).Assembly, builder => builder.AddPrivacyFlows());
        await using var app = await LocalApp.StartAsync(new HostPlan { IsEmbedded = true }, functions);
        var settings = app.Surroundings.Configuration;
        using var graph = new HttpClient { BaseAddress = new Uri(settings["Mailbox:GraphBaseUrl"]!.TrimEnd('/') + "/") };
        await AnsweredAsync(graph, settings["Mailbox:Address"]!, 0);
        List<double> seconds = [];
        for (var mail = 1; mail <= Mails; mail++)
            seconds.Add((await AnsweredAsync(graph, settings["Mailbox:Address"]!, mail)).TotalSeconds);
        seconds.Sort();
        var median = seconds[Mails / 2];
        Console.WriteLine(FormattableString.Invariant(
            $"mail to acknowledgement by notification: median of {Mails} {median:F2} s, from {seconds[0]:F2} to {seconds[^1]:F2} s"));
    }

    private static async Task<TimeSpan> AnsweredAsync(HttpClient graph, string mailbox, int number)
    {
        var person = new MailUser(graph, FormattableString.Invariant($"person{number}@example.com"));
        var watch = Stopwatch.StartNew();
        await person.SendAsync(mailbox, "Subject access request", RequestJourney.AccessRequest, CancellationToken.None);
        while ((await person.InboxAsync(CancellationToken.None)).Count == 0)
            await Task.Delay(5);
        return watch.Elapsed;
    }
}
