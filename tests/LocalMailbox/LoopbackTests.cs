using System.Net;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

/// <summary>Nobody else's page in a browser on this machine can use the mailbox.</summary>
public sealed class LoopbackTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    [Theory]
    [InlineData("Host", "mailbox.attacker.example")]
    [InlineData("Host", "169.254.1.1")]
    [InlineData("Origin", "https://attacker.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_foreign_page_is_refused(string header, string value)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(header, value));
    }

    [Fact]
    public async Task The_own_page_and_programs_are_served()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("Origin", mailbox.Server.BaseAddress.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("Host", $"127.0.0.1:{mailbox.Server.Port}"));
    }

    private async Task<HttpStatusCode> PostAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri("local/faults", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await mailbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
