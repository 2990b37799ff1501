using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalDemo;
using LocalHost;
using LocalHost.Setup;
using LocalHost.Worker;
using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows;
using Spectrum.PrivacyFlows.Cases;

namespace Benchmarks;

/// <summary>
/// Four floods on the whole app, each of 500 and of 5,000 mails: how many cases it opened and letters it sent within forty days, and how
/// long somebody waited for an acknowledgement whose one mail came in the middle of it.
/// </summary>
internal static class FloodBenchmark
{
    private static readonly int[] Sizes = [500, 5_000];

    public static async Task RunAsync(string[] sizes)
    {
        foreach (var mails in sizes.Length == 0 ? Sizes : [.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))])
        {
            await RunAsync("one forged sender", mails, (app, first, count) =>
                app.DeliverAsync(first, count, _ => "victim@forged.example", RequestJourney.AccessRequest));
            await RunAsync("nothing that a rule knows, each from another domain", mails, (app, first, count) =>
                app.DeliverAsync(first, count, i => $"somebody@d{i}.example", "Hello, how are you?"));
            await RunAsync("a machine that answers each letter without a thread", mails, (app, first, count) =>
                app.AnswerLikeAMachineAsync(first, count));
            await RunAsync("replies in one thread", mails, (app, first, count) => app.ReplyAsync(first, count));
        }
    }

    private static async Task RunAsync(string attack, int mails, Func<FloodedApp, int, int, Task> send)
    {
        await using var app = await FloodedApp.StartAsync();
        var watch = Stopwatch.StartNew();
        await send(app, 0, mails / 2);
        var (honest, rest) = (app.AskHonestlyAsync(), send(app, mails / 2, mails - mails / 2));
        await rest;
        var wait = await honest;
        var worked = await app.WorkedOffAsync(mails + 1, watch);
        await app.Clock.AdvanceAsync(TimeSpan.FromDays(40), CancellationToken.None);
        var cases = await app.CasesAsync();
        Console.WriteLine(FormattableString.Invariant(
            $"flood of {mails}, {attack}: {cases} cases, in 40 days {await app.LettersAsync()} (the honest one's among them); ")
            + FormattableString.Invariant($"honest mail answered after {wait.TotalSeconds:F1} s; ")
            + FormattableString.Invariant($"all worked off after {worked.TotalSeconds:F0} s"));
    }

    private static readonly string[] OfficerLetters = ["sort", "review", "wrote-again", "problem", "not-the-sender", "tampered"];

    private sealed class FloodedApp(LocalApp app, HttpClient graph, string mailbox) : IAsyncDisposable
    {
        public LocalMachine.LocalClock Clock => app.Clock;

        public static async Task<FloodedApp> StartAsync()
        {
            var functions = new FunctionApp(typeof(Composition).Assembly, builder => builder.AddPrivacyFlows());
            var app = await LocalApp.StartAsync(new HostPlan { IsEmbedded = true }, functions);
            var settings = app.Surroundings.Configuration;
            var graph = new HttpClient { BaseAddress = new Uri(settings["Mailbox:GraphBaseUrl"]!.TrimEnd('/') + "/") };
            return new FloodedApp(app, graph, settings["Mailbox:Address"]!);
        }

        public Task DeliverAsync(int first, int count, Func<int, string> from, string body, string header = "X-Flood: yes") =>
            Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
            {
                var mime = $"From: {from(i)}\r\nTo: {mailbox}\r\nMessage-ID: <{Guid.NewGuid():N}@x.example>\r\nSubject: Hello {i}\r\n"
                    + $"{header}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body.ReplaceLineEndings("\r\n")}\r\n";
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(mime));
                using var answer = await graph.PostAsync(
                    new Uri(graph.BaseAddress!, "/local/mail?to=" + Uri.EscapeDataString(mailbox)), content, CancellationToken.None);
                answer.EnsureSuccessStatusCode();
            });

        /// <summary>After each mail it waits a little for the letter that it hopes for.</summary>
        public async Task AnswerLikeAMachineAsync(int first, int count)
        {
            var machine = new MailUser(graph, "robot@machine.example");
            var seen = 0;
            for (var i = first; i < first + count; i++)
            {
                await DeliverAsync(i, 1, _ => machine.Address, RequestJourney.AccessRequest);
                if (i % 50 != 0)
                    continue;
                var patience = Stopwatch.StartNew();
                int inbox;
                while ((inbox = (await machine.InboxAsync(CancellationToken.None)).Count) == seen && patience.ElapsedMilliseconds < 500)
                    await Task.Delay(20);
                seen = inbox;
            }
        }

        public async Task ReplyAsync(int first, int count)
        {
            var person = new MailUser(graph, "writes@people.example");
            if (first == 0)
            {
                await DeliverAsync(0, 1, _ => person.Address, RequestJourney.AccessRequest);
                await person.ReadNewAsync("We have your request", TimeSpan.FromMinutes(1), CancellationToken.None);
            }
            var url = $"users/{Uri.EscapeDataString(person.Address)}/mailFolders/inbox/messages?$select=internetMessageId";
            var inbox = JsonNode.Parse(await graph.GetStringAsync(new Uri(url, UriKind.Relative)))!;
            var letter = (string)inbox["value"]![0]!["internetMessageId"]!;
            await DeliverAsync(first, count - (first == 0 ? 1 : 0), _ => person.Address, "And one more thing.", $"In-Reply-To: {letter}");
        }

        public async Task<TimeSpan> AskHonestlyAsync()
        {
            var honest = new MailUser(graph, "honest@people.example");
            var watch = Stopwatch.StartNew();
            await honest.SendAsync(mailbox, "Subject access request", RequestJourney.AccessRequest, CancellationToken.None);
            while ((await honest.InboxAsync(CancellationToken.None)).Count == 0)
                await Task.Delay(20);
            return watch.Elapsed;
        }

        /// <summary>Until every message has a case or a place in the digest.</summary>
        public async Task<TimeSpan> WorkedOffAsync(int mails, Stopwatch watch)
        {
            var intake = app.Services.GetRequiredService<CaseAccount>().Tables.GetTableClient("Intake");
            while (true)
            {
                var (open, done) = (0, 0);
                await foreach (var row in intake.QueryAsync<Azure.Data.Tables.TableEntity>(select: ["RowKey"]))
                {
                    open += row.RowKey.StartsWith("open-", StringComparison.Ordinal) ? 1 : 0;
                    done += row.RowKey.StartsWith("done-", StringComparison.Ordinal) ? 1 : 0;
                }
                if (open == 0 && done >= mails)
                    return watch.Elapsed;
                await Task.Delay(500);
            }
        }

        public async Task<int> CasesAsync() =>
            await app.Services.GetRequiredService<CaseStore>().AllAsync().CountAsync();

        /// <summary>By whom they went to: a digest a day is sent for as long as the officer decides on nothing.</summary>
        public async Task<string> LettersAsync()
        {
            var letters = app.Services.GetRequiredService<CaseAccount>().Tables.GetTableClient("Letters");
            var sent = await letters.QueryAsync<Azure.Data.Tables.TableEntity>(select: ["PartitionKey", "RowKey", "SentAt"])
                .Where(row => row.GetDateTimeOffset("SentAt") is not null).ToListAsync();
            var ofNoCase = sent.Count(row => row.PartitionKey == CaseId.OfTheSystem.ToString());
            var toOfficer = sent.Count(row => OfficerLetters.Any(kind => row.RowKey.StartsWith(kind, StringComparison.Ordinal)));
            return FormattableString.Invariant(
                $"{sent.Count - ofNoCase - toOfficer} letters to people, {toOfficer} to the officer about cases, {ofNoCase} digests and alarms");
        }

        public async ValueTask DisposeAsync()
        {
            graph.Dispose();
            await app.DisposeAsync();
        }
    }
}
