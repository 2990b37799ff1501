using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>No mail is lost and none is taken twice, whatever fails.</summary>
public sealed class ReceiveFaultTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task GivenAKilledProcess_WhereverItWas_TheMessageIsOneCase(bool ofGraph, bool answerIsLost)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        // There are more places to be killed at than mails that one domain may send in a day.
        lab.Budgets = new BudgetSettings { CasesPerDomain = 1_000, CasesPerDay = 1_000, UnrecognisedPerDay = 1_000 };
        lab.Restart();
        await lab.SweepAsync();
        var taken = 0;
        for (var at = 1; ; at++)
        {
            await lab.DeliverAsync(Mail.From($"person{++taken}@people.example", "SAR", "please"));
            lab.Restart();
            var way = ofGraph ? lab.Graph : lab.Storage;
            (way.FailFrom, way.AnswerIsLost) = (at, answerIsLost);
            await Xunit.Record.ExceptionAsync(lab.SweepAsync);
            var wasReached = way.Count >= at;
            lab.Restart();
            lab.Clock.Advance(TimeSpan.FromMinutes(1));
            await lab.SweepAsync();
            if (!wasReached)
                break;
        }

        var cases = await lab.CasesAsync();
        Assert.True(taken >= (ofGraph ? 4 : 15), $"only {taken} places");
        Assert.Equal(
            Enumerable.Range(1, taken).Select(i => $"person{i}@people.example").Order(), cases.Select(one => one.From.Value).Order());
        Assert.Equal(
            cases.Select(one => one.Id).Order(Comparer<PrivacyFlows.Cases.CaseId>.Create((x, y) => x.Number - y.Number)),
            lab.Starts.Distinct().OrderBy(id => id.Number));
        foreach (var one in cases)
            Assert.Single(await lab.RecordOfAsync(one.Id));
    }

    [Fact]
    public async Task GivenOneMessageThatCannotBeTaken_TheOthersAre_AndTheOfficerHearsOnceAndItIsTriedOn()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("stuck@people.example", "SAR", "please"));
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await lab.DeliverAsync(Mail.From("next@people.example", "SAR", "please"));
        lab.StartFailsFor = 1;

        for (var i = 0; i < 12; i++)
        {
            await lab.SweepAsync();
            lab.Clock.Advance(TimeSpan.FromMinutes(i < 8 ? 2 : 61));
        }

        Assert.Equal(2, (await lab.CasesAsync()).Count);
        Assert.Single(lab.Starts.Select(id => id.Number).Distinct());
        Assert.Single(await lab.InboxOfAsync(lab.Officer));
        lab.StartFailsFor = 0;
        await lab.SweepAsync();
        Assert.Equal(2, lab.Starts.Select(id => id.Number).Distinct().Count());
    }
}
