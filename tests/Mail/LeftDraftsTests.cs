using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>What a kill left among the drafts goes in the night, and nothing that anybody will send or that people wrote.</summary>
public sealed class LeftDraftsTests(AzuriteFixture azurite)
{
    private static readonly RenderedLetter Letter = new("Subject", "<p>Words</p>", "Words");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenACodesDraft_ItGoesAfterADay_AndNotBefore()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await LeaveDraftAsync(lab, await OpenCaseAsync(lab), "code/1");
        Assert.Equal(0, await SweepAsync(lab));
        Assert.Single(await lab.ReadAsync(lab.Own, "Drafts"));
        lab.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await SweepAsync(lab));
        Assert.Empty(await lab.ReadAsync(lab.Own, "Drafts"));
        Assert.Equal(0, await SweepAsync(lab));
    }

    [Fact]
    public async Task GivenAStepsDraft_ItStaysUntilTheCaseIsClosed_AndIsSentMeanwhile()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        await LeaveDraftAsync(lab, caseId, "delivery");
        await LeaveDraftAsync(lab, caseId, "review/1");
        lab.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await SweepAsync(lab));
        await lab.Outbox.SendToPersonAsync(caseId, "delivery", Letter, Cancellation);
        Assert.Single(await lab.InboxOfAsync(lab.Person));
        await lab.Cases.UpdateAsync(caseId, found => found with { State = CaseState.Closed }, Cancellation);
        Assert.Equal(1, await SweepAsync(lab));
        Assert.Empty(await lab.ReadAsync(lab.Own, "Drafts"));
        Assert.Single(await lab.ReadAsync(lab.Own, "SentItems"));
    }

    [Fact]
    public async Task GivenAPersonsOwnDraft_ItStays()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        await lab.WriteDraftAsync("My own words");
        await LeaveDraftAsync(lab, caseId, "code/1");
        lab.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await SweepAsync(lab));
        Assert.Equal("My own words", Assert.Single(await lab.ReadAsync(lab.Own, "Drafts")).Subject);
    }

    [Fact]
    public async Task GivenADraftThatWasRemoved_ALetterThatIsWantedAllTheSameIsSent()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        await LeaveDraftAsync(lab, caseId, "code/1");
        lab.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await SweepAsync(lab));
        await lab.Outbox.SendToPersonAsync(caseId, "code/1", Letter, Cancellation);
        Assert.Single(await lab.InboxOfAsync(lab.Person));
    }

    private static Task<int> SweepAsync(MailLab lab) => lab.App.GetRequiredService<IDraftSweep>().RemoveAsync(Cancellation);

    /// <summary>As a kill between drafting and sending leaves it.</summary>
    private static async Task LeaveDraftAsync(MailLab lab, CaseId caseId, string key)
    {
        lab.Restart();
        lab.Graph.FailFrom = 2;
        Assert.NotNull(await Xunit.Record.ExceptionAsync(() => lab.Outbox.SendToPersonAsync(caseId, key, Letter, Cancellation)));
        lab.Restart();
        Assert.NotEmpty(await lab.ReadAsync(lab.Own, "Drafts"));
    }

    private static async Task<CaseId> OpenCaseAsync(MailLab lab)
    {
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", "please"));
        await lab.SweepAsync();
        return Assert.Single(await lab.CasesAsync()).Id;
    }
}
