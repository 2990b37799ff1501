using System.Diagnostics;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class SpeedTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    [Fact]
    public async Task A_thousand_mails_are_listed_and_synchronised_quickly()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var address = MailboxFixture.NewAddress("busy");
        for (var number = 0; number < 1_000; number++)
            using (await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: {number}\n\nx\n")) { }
        var watch = Stopwatch.StartNew();
        var count = 0;
        var page = await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.Delta.GetAsDeltaGetResponseAsync(
            request =>
            {
                request.QueryParameters.Select = ["subject", "internetMessageHeaders"];
                request.Headers.Add("Prefer", "odata.maxpagesize=100");
            },
            cancellation);
        while (page is not null)
        {
            count += page.Value!.Count;
            page = page.OdataNextLink is null
                ? null
                : await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.Delta.WithUrl(page.OdataNextLink)
                    .GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", "odata.maxpagesize=100"), cancellation);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"delta of 1,000 in {watch.ElapsedMilliseconds} ms");
        Assert.Equal(1_000, count);
        // Generous: nine builds may share the machine. A list that parsed every message would take longer still.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }
}
