using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class FaultTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string address = MailboxFixture.NewAddress("faulty");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("429", HttpStatusCode.TooManyRequests, "ApplicationThrottled")]
    [InlineData("503", HttpStatusCode.ServiceUnavailable, "serviceNotAvailable")]
    [InlineData("410", HttpStatusCode.Gone, "syncStateNotFound")]
    public async Task The_next_calls_fail_and_the_one_after_does_not(string kind, HttpStatusCode status, string code)
    {
        await AddAsync(new { path = $"{address}.*/messages", count = 2, kind, retryAfterSeconds = 7 });
        for (var call = 0; call < 2; call++)
        {
            using var answer = await GetAsync();
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(code, JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!["error"]!["code"]!.GetValue<string>());
            if (kind != "410")
                Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        }
        using var healed = await GetAsync();
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_has_done_its_work()
    {
        await AddAsync(new { path = $"{address}/sendMail", count = 1, kind = "lostAnswer" });
        var recipient = MailboxFixture.NewAddress("recipient");
        var mail = new { message = new { subject = "once", toRecipients = new[] { new { emailAddress = new { address = recipient } } } } };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            mailbox.Http.PostAsJsonAsync($"v1.0/users/{address}/sendMail", mail, cancellation));
        var received = await mailbox.Graph.Users[recipient].Messages.GetAsync(cancellationToken: cancellation);
        Assert.Equal("once", Assert.Single(received!.Value!).Subject);
    }

    [Fact]
    public async Task A_timeout_keeps_the_caller_waiting()
    {
        await AddAsync(new { path = address, count = 1, kind = "timeout" });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            mailbox.Http.GetAsync(new Uri($"v1.0/users/{address}/messages", UriKind.Relative), patience.Token));
    }

    [Fact]
    public async Task Other_calls_are_not_touched_and_faults_can_be_taken_back()
    {
        await AddAsync(new { path = $"{address}/nothing", count = 5, kind = "503" });
        using (var other = await GetAsync())
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        await AddAsync(new { path = address, count = 5, kind = "503" });
        using var healed = await mailbox.Http.DeleteAsync(new Uri("local/faults", UriKind.Relative), cancellation);
        using var answer = await GetAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"path": "x", "kind": "418"}""")]
    [InlineData("""{"kind": "429", "count": 0}""")]
    [InlineData("""{"lifecycle": "over"}""")]
    [InlineData("nonsense")]
    public async Task A_fault_that_is_not_understood_is_refused(string body)
    {
        using var content = new StringContent(body);
        using var answer = await mailbox.Http.PostAsync(new Uri("local/faults", UriKind.Relative), content, cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync() =>
        mailbox.Http.GetAsync(new Uri($"v1.0/users/{address}/messages", UriKind.Relative), cancellation);

    private async Task AddAsync(object fault)
    {
        using var answer = await mailbox.Http.PostAsJsonAsync("local/faults", fault, cancellation);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
