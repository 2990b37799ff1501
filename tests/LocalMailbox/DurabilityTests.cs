using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using global::LocalMailbox;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class DurabilityTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "mailbox-tests-" + Guid.NewGuid().ToString("N"));
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_it_accepted_and_delivers_to_all_or_none()
    {
        var accepted = 0;
        for (var round = 0; round < 2; round++)
            accepted += await DeliverUntilKilledAsync(TimeSpan.FromMilliseconds(200 + (round * 170)));
        await using var server = await MailboxServer.StartAsync(0, folder, TimeProvider.System, cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(server.GraphBaseUrl + "/") };
        var counts = new[]
        {
            await CountAsync(http, "one@example.org"),
            await CountAsync(http, "two@example.org"),
            await CountAsync(http, "three@example.org"),
        };
        Assert.Single(counts.Distinct());
        Assert.InRange(counts[0], accepted, accepted + 2);
        Assert.True(accepted > 0);
    }

    [Fact]
    public async Task Mail_subscriptions_and_delta_tokens_outlive_a_restart()
    {
        const string mime = "From: a@example.com\r\nTo: keeper@example.org\r\nSubject: kept\r\n\r\nx";
        string link;
        await using (var first = await MailboxServer.StartAsync(0, folder, TimeProvider.System, cancellation))
        {
            using var http = new HttpClient { BaseAddress = first.BaseAddress };
            using var content = new StringContent(mime, Encoding.UTF8);
            using (await http.PostAsync(new Uri("local/mail", UriKind.Relative), content, cancellation)) { }
            var page = JsonNode.Parse(await http.GetStringAsync(
                new Uri("v1.0/users/keeper@example.org/mailFolders/inbox/messages/delta?$select=subject", UriKind.Relative),
                cancellation))!;
            Assert.Single(page["value"]!.AsArray());
            link = new Uri(page["@odata.deltaLink"]!.GetValue<string>()).PathAndQuery;
        }
        await using var second = await MailboxServer.StartAsync(0, folder, TimeProvider.System, cancellation);
        using var again = new HttpClient { BaseAddress = second.BaseAddress };
        var next = JsonNode.Parse(await again.GetStringAsync(new Uri(link, UriKind.Relative), cancellation))!;
        Assert.Empty(next["value"]!.AsArray());
        Assert.Equal(1, await CountAsync(new HttpClient { BaseAddress = new Uri(second.GraphBaseUrl + "/") }, "keeper@example.org"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = await MailboxServer.StartAsync(0, folder, TimeProvider.System, cancellation);
        var error = await Assert.ThrowsAsync<LocalMachine.LocalSetupException>(() =>
            MailboxServer.StartAsync(first.Port, Path.Combine(folder, "other"), TimeProvider.System, cancellation));
        Assert.Contains($"{first.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--mailbox-port", error.Message, StringComparison.Ordinal);
    }

    /// <returns>How many mails were answered with success before the kill.</returns>
    private async Task<int> DeliverUntilKilledAsync(TimeSpan life)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(MailboxServer).Assembly.Location, "--port", "0", "--data", folder])
            {
                RedirectStandardOutput = true,
            })!;
        var announced = await process.StandardOutput.ReadLineAsync(cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(announced!.Split(' ')[^1]) };
        var accepted = 0;
        try
        {
            while (true)
            {
                using var content = new StringContent(
                    $"From: a@example.com\r\nTo: one@example.org, two@example.org, three@example.org\r\nSubject: {accepted}\r\n\r\nx",
                    Encoding.UTF8);
                using var answer = await http.PostAsync(new Uri("local/mail", UriKind.Relative), content, cancellation);
                answer.EnsureSuccessStatusCode();
                if (accepted++ == 0)
                    _ = Task.Delay(life, cancellation).ContinueWith(_ => process.Kill(), TaskScheduler.Default);
            }
        }
        catch (HttpRequestException)
        {
            await process.WaitForExitAsync(cancellation);
            return accepted;
        }
    }

    private async Task<long> CountAsync(HttpClient graph, string address) =>
        JsonNode.Parse(
            await graph.GetStringAsync(new Uri($"users/{address}/mailFolders/inbox", UriKind.Relative), cancellation))!["totalItemCount"]!
            .GetValue<long>();
}
