using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Mail.Floods;

/// <summary>Nobody makes the app open cases and write letters without end.</summary>
public sealed class BudgetTests(AzuriteFixture azurite)
{
    private const string Sar = "Please send me a copy of my personal data.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenManyMailsOfOneSender_TheyAreOneCase_AndPastTheDaysShareTheyAreHeld()
    {
        await using var lab = await StartAsync(new BudgetSettings { MailsPerSender = 5 });
        for (var i = 0; i < 10; i++)
            await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
        Assert.Equal(4, (await lab.HeldAsync()).Count);
        Assert.Equal(5, await lab.Held.ReadFiledAsync(Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task GivenConfirmedCases_ASenderOpensNoMoreThanTheirBudget_AlsoAfterARestart_AndMoreTheNextDay()
    {
        await using var lab = await StartAsync(new BudgetSettings { CasesPerSender = 2 });
        for (var i = 0; i < 4; i++)
        {
            await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
            await lab.SweepAsync();
            foreach (var found in await lab.CasesAsync())
                await lab.Cases.UpdateAsync(found.Id, one => one.Reached(CaseState.Collecting), Cancellation);
            lab.Restart();
        }
        Assert.Equal(2, (await lab.CasesAsync()).Count);
        Assert.All(await lab.HeldAsync(), held => Assert.Equal(nameof(HoldReason.SenderBudget), held.Reason));
        lab.Clock.Advance(TimeSpan.FromDays(1));
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        Assert.Equal(3, (await lab.CasesAsync()).Count);
    }

    [Fact]
    public async Task GivenManySendersOfADomain_OthersAreNotHeldForThem()
    {
        await using var lab = await StartAsync(new BudgetSettings { CasesPerDomain = 3 });
        for (var i = 0; i < 6; i++)
            await lab.DeliverAsync(Mail.From($"forged{i}@flood-{lab.Name}.example", "SAR", Sar));
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        Assert.Equal(4, (await lab.CasesAsync()).Count);
        Assert.All(await lab.HeldAsync(), held => Assert.Equal(nameof(HoldReason.DomainBudget), held.Reason));
    }

    [Fact]
    public async Task GivenTheOverallBudgetIsSpent_TheAlarmIsRaisedOnce_AndTheOfficerMayStillReleaseWhatIsHeld()
    {
        await using var lab = await StartAsync(new BudgetSettings { CasesPerDay = 2 });
        for (var i = 0; i < 5; i++)
            await lab.DeliverAsync(Mail.From($"person@flood{i}-{lab.Name}.example", "SAR", Sar));
        await lab.SweepAsync();
        lab.Restart();
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        Assert.Equal(2, (await lab.CasesAsync()).Count);
        Assert.Contains("Alarm", Assert.Single(await lab.InboxOfAsync(lab.Officer)).Subject, StringComparison.Ordinal);
        var held = await lab.HeldAsync();
        Assert.Equal(4, held.Count);
        await lab.Held.ReleaseAsync([.. held.Where(one => one.From == lab.Person)], Release.Case, Cancellation);
        await lab.SweepAsync();
        Assert.Contains(await lab.CasesAsync(), found => found.From.Value == lab.Person);
    }

    [Fact]
    public async Task GivenManyThatNoRuleUnderstands_TheOfficersShareIsKept_AndOnesThatARuleUnderstandsPass()
    {
        await using var lab = await StartAsync(new BudgetSettings { UnrecognisedPerDay = 2 });
        for (var i = 0; i < 5; i++)
            await lab.DeliverAsync(Mail.From($"person@flood{i}-{lab.Name}.example", "Hello", "How are you?"));
        await lab.SweepAsync();
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        Assert.Equal(3, (await lab.CasesAsync()).Count);
        Assert.Equal(3, (await lab.HeldAsync()).Count(held => held.Reason == nameof(HoldReason.SortingBudget)));
    }

    [Fact]
    public async Task GivenAFloodOfOneSender_AnotherIsTakenRightAfterItsFirst()
    {
        await using var lab = await StartAsync(new BudgetSettings());
        for (var i = 0; i < 30; i++)
            await lab.DeliverAsync(Mail.From($"flood-{lab.Name}@people.example", "SAR", Sar));
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        Assert.Equal(lab.Person, (await lab.Cases.GetAsync(lab.Starts.ElementAt(1), Cancellation)).From.Value);
    }

    private async Task<MailLab> StartAsync(BudgetSettings budgets)
    {
        var lab = await MailLab.StartAsync(azurite);
        lab.Budgets = budgets;
        lab.Restart();
        return lab;
    }
}
