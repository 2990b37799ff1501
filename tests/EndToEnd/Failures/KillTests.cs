using System.Globalization;
using System.Security.Cryptography;
using LocalDemo;
using LocalMachine.Azurite;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>
/// The real process, killed without warning again and again while it works on 50 cases at once, and started again each time. Beside it
/// lives an app that nobody kills, with the same people: both must have said and sent the same. The variable
/// <c>PRIVACYFLOWS_KILLS</c> asks for more kills than the 32 of every run.
/// </summary>
public sealed class KillTests
{
    private const int People = 50;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("PRIVACYFLOWS_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 32;

    [Fact]
    public async Task Given_50_cases_at_once_When_the_process_is_killed_again_and_again_Then_nothing_is_lost_and_nothing_is_sent_twice()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var disturbed = await LiveThroughAsync(Kills, order: null, cancellation);
        // In the order of the numbers that the cases got, as a bundle holds the number of its case.
        var undisturbed = await LiveThroughAsync(kills: 0, [.. disturbed.Cases.Select(life => life.Person)], cancellation);

        Assert.Equal(Kills, disturbed.Killed);
        Assert.Equal(People, disturbed.Cases.Count);
        Assert.Equal(undisturbed.Cases, disturbed.Cases);
        Assert.Equal(undisturbed.OfficerSubjects, disturbed.OfficerSubjects);
    }

    private static async Task<Life> LiveThroughAsync(int kills, IReadOnlyList<string>? order, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-kill-").FullName, Console.Error.WriteLine, inMemory: true, cancellation);
        await using var app = new AppProcess(azurite.ConnectionString, "--people", People.ToString(CultureInfo.InvariantCulture));
        await app.StartAsync(cancellation);
        var officer = new MailUser(app.Graph, AppFixture.Officer);
        var addresses = order ?? await AddressesAsync(Path.Combine(app.DataFolder, "systems", "expected.json"), cancellation);
        List<RequestJourney> journeys =
        [
            .. addresses.Select(address =>
                new RequestJourney(new MailUser(app.Graph, address), officer, new WebVisitor(app.Http), AppFixture.Mailbox)
                {
                    Patience = TimeSpan.FromMinutes(5),
                }),
        ];
        var killer = new Killer(app);

        if (order is null)
        {
            await killer.AmidAsync(kills / 4, () => AllAsync(journeys, journey => journey.AskAsync(cancellation)), cancellation);
            await AllAsync(journeys, journey => journey.ReadAcknowledgementAsync(cancellation));
        }
        else
        {
            foreach (var journey in journeys)
            {
                await journey.AskAsync(cancellation);
                await journey.ReadAcknowledgementAsync(cancellation);
            }
        }
        await killer.AmidAsync(kills / 4, () => AllAsync(journeys, journey => journey.ConfirmAsync(cancellation)), cancellation);
        Dictionary<RequestJourney, ReceivedMail> reviews = [];
        foreach (var journey in journeys)
            reviews.Add(journey, await journey.ReadReviewLetterAsync(cancellation));
        await killer.AmidAsync(
            kills / 4, () => AllAsync(journeys, journey => journey.ApproveAsync(reviews[journey], cancellation)), cancellation);
        List<CaseLife> cases = [];
        foreach (var journey in journeys)
        {
            await journey.ReadDeliveryLetterAsync(cancellation);
            var link = await journey.OpenAsync(await journey.GetCodeAsync(cancellation), cancellation);
            var bundle = Convert.ToHexStringLower(SHA256.HashData(await app.Http.GetByteArrayAsync(link, cancellation)));
            cases.Add(new CaseLife(journey.CaseId, journey.Person.Address, bundle, ""));
        }
        await killer.AmidAsync(
            kills - kills / 4 * 3,
            () => AllAsync(
                journeys,
                journey => journey.FillInAsync(journey.DownloadLink!, cancellation, ("do", "close"), ("have", "yes"))),
            cancellation);
        foreach (var (i, journey) in journeys.Index())
        {
            await journey.Person.ReadNewAsync("closed", journey.Patience, cancellation);
            cases[i] = cases[i] with { Subjects = await SubjectsAsync(journey.Person, cancellation) };
        }
        await EvidenceAgreement.AssertAsync(azurite.ConnectionString, [.. cases.Select(life => CaseId.Parse(life.CaseId))], cancellation);
        return new Life(
            killer.Done, [.. cases.OrderBy(life => life.CaseId, StringComparer.Ordinal)], await SubjectsAsync(officer, cancellation));
    }

    private static Task AllAsync(IEnumerable<RequestJourney> journeys, Func<RequestJourney, Task> act) =>
        Parallel.ForEachAsync(journeys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (journey, _) => await act(journey));

    private static async Task<IReadOnlyList<string>> AddressesAsync(string expectedFile, CancellationToken cancellation)
    {
        List<string> addresses = [];
        for (var i = 0; i < People; i++)
            addresses.Add(await SamplePerson.AddressAsync(expectedFile, i, cancellation));
        return addresses;
    }

    /// <summary>In order, as letters of one moment have none.</summary>
    private static async Task<string> SubjectsAsync(MailUser user, CancellationToken cancellation) =>
        string.Join('\n', (await user.InboxAsync(cancellation)).Select(mail => mail.Subject).Order(StringComparer.Ordinal));

    private sealed record Life(int Killed, IReadOnlyList<CaseLife> Cases, string OfficerSubjects);

    private sealed record CaseLife(string CaseId, string Person, string BundleSha256, string Subjects);
}
