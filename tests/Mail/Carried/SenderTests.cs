using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Mail.Carried;

/// <summary>Senders as the world writes them: a case where they can be written to, else the officer hears.</summary>
public sealed class SenderTests(AzuriteFixture azurite)
{
    private const string Sar = "Please send me a copy of my personal data.";

    [Theory]
    [InlineData("Nils <nils@xn--mnchen-3ya.example>", "nils@xn--mnchen-3ya.example")]
    [InlineData("Nils <nils@münchen.example>", "nils@münchen.example")]
    [InlineData("Nils <NILS@[192.0.2.1]>", "NILS@[192.0.2.1]")]
    [InlineData("Jörg <jörg@people.example>", "jörg@people.example")]
    public async Task GivenASenderThatCanBeWrittenTo_ItIsACase(string from, string address)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(from, "My data", Sar));
        await lab.SweepAsync();
        Assert.Equal(address, Assert.Single(await lab.CasesAsync()).From.Value);
        await lab.DeliverAsync(Mail.From(from, "My data", Sar));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
    }

    [Theory]
    [InlineData("Mei <mei..lin@carrier.example>", HoldReason.NoSender, "mei..lin@carrier.example")]
    [InlineData("Mei <mei.lin.@carrier.example>", HoldReason.NoSender, "mei.lin.@carrier.example")]
    [InlineData("Mei <\"mei lin\"@carrier.example>", HoldReason.UnusualSender, "\"mei lin\"@carrier.example")]
    [InlineData("undisclosed", HoldReason.NoSender, "undisclosed")]
    public async Task GivenASenderThatFewProgramsCanWriteTo_TheOfficerHearsAtOnceWithTheAddress(
        string from, HoldReason reason, string address)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(from, "My data", Sar));
        await lab.DeliverAsync(Mail.From(from, "Hello", "Nothing in particular."));
        await lab.SweepAsync();
        Assert.Empty(await lab.CasesAsync());
        Assert.All(await lab.HeldAsync(), held => Assert.Equal((reason.ToString(), address), (held.Reason, held.From)));
        Assert.Contains("Please look", Assert.Single(await lab.InboxOfAsync(lab.Officer)).Subject, StringComparison.Ordinal);
    }
}
