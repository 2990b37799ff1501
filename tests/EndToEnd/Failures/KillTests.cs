using System.Security.Cryptography;
using LocalDemo;
using LocalMachine.Azurite;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>The real process, killed without warning at 30 moments of one case and started again each time.</summary>
public sealed class KillTests
{
    private const int Kills = 30;

    [Fact]
    public async Task Given_a_case_When_the_process_is_killed_at_30_moments_Then_nothing_is_lost_and_nothing_is_sent_twice()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var undisturbed = await LiveThroughAsync(kills: 0, cancellation);
        var disturbed = await LiveThroughAsync(Kills, cancellation);

        Assert.Equal(Kills, disturbed.Killed);
        Assert.Equal(undisturbed.Subjects, disturbed.Subjects);
        Assert.Equal(undisturbed.OfficerSubjects, disturbed.OfficerSubjects);
        Assert.Equal(undisturbed.BundleSha256, disturbed.BundleSha256);
    }

    private static async Task<CaseLife> LiveThroughAsync(int kills, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-kill-").FullName, Console.Error.WriteLine, inMemory: true, cancellation);
        await using var app = new AppProcess(azurite.ConnectionString);
        await app.StartAsync(cancellation);
        var journey = new RequestJourney(
            new MailUser(app.Graph, "kill.test@example.com"),
            new MailUser(app.Graph, AppFixture.Officer),
            new WebVisitor(app.Http),
            AppFixture.Mailbox)
        {
            Patience = TimeSpan.FromMinutes(5),
        };
        var killer = new Killer(app, kills);

        await killer.AmidAsync(6, () => journey.AskAsync(cancellation), () => journey.ReadAcknowledgementAsync(cancellation), cancellation);
        var review = await killer.AmidAsync(
            10, () => journey.ConfirmAsync(cancellation), () => journey.ReadReviewLetterAsync(cancellation), cancellation);
        await killer.AmidAsync(
            7, () => journey.ApproveAsync(review, cancellation), () => journey.ReadDeliveryLetterAsync(cancellation), cancellation);
        var code = await journey.GetCodeAsync(cancellation);
        var bundle = await app.Http.GetByteArrayAsync(await journey.OpenAsync(code, cancellation), cancellation);
        await killer.AmidAsync(
            7,
            () => journey.FillInAsync(journey.DownloadLink!, cancellation, ("do", "close"), ("have", "yes")),
            () => journey.Person.ReadNewAsync("closed", journey.Patience, cancellation),
            cancellation);

        return new CaseLife(
            killer.Done, Subjects(await journey.Person.InboxAsync(cancellation)),
            Subjects(await journey.Officer.InboxAsync(cancellation)), Convert.ToHexStringLower(SHA256.HashData(bundle)));
    }

    private static IReadOnlyList<string> Subjects(IEnumerable<ReceivedMail> inbox) =>
        [.. inbox.Select(mail => mail.Subject).Order(StringComparer.Ordinal)];

    private sealed record CaseLife(int Killed, IReadOnlyList<string> Subjects, IReadOnlyList<string> OfficerSubjects, string BundleSha256);
}
