using LocalHost.Setup;
using LocalMachine;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Setup;

/// <summary>What the command line may say.</summary>
public sealed class HostPlanTests
{
    [Fact]
    public void GivenNothing_WhenRead_ThenEverythingRunsUntilStopped() =>
        Assert.True(HostPlan.Read([]) is { Command: null, HasServices: true, HasOwnData: false, IsTemporary: false, IsEmbedded: false });

    [Theory]
    [InlineData("demo", true)]
    [InlineData("mailbox", false)]
    public void GivenACommand_WhenRead_ThenItsOptionsAreToo(string command, bool hasOwnData)
    {
        var plan = HostPlan.Read([command, "--port", "7"]);
        Assert.Equal((command, true, false, hasOwnData), (plan.Command, plan.Sets("port"), plan.Sets("data"), plan.HasOwnData));
    }

    [Fact]
    public void GivenADemoWithAFolder_WhenRead_ThenItsDataStays() => Assert.False(HostPlan.Read(["demo", "--data", "there"]).IsTemporary);

    [Fact]
    public void GivenACommandThatThereIsNot_WhenRead_ThenTheUsageSaysWhichThereAre()
    {
        var refusal = Assert.Throws<LocalSetupException>(() => HostPlan.Read(["nonsense"]));
        Assert.Contains("no command 'nonsense'", refusal.Message, StringComparison.Ordinal);
        Assert.All(["demo", "mailbox", "--port", "--mailbox-port", "--data"], word =>
            Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
        Assert.Equal(1, refusal.ExitCode);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public void GivenAQuestionForHelp_WhenRead_ThenTheUsageIsNoFailure(string question) =>
        Assert.Equal(0, Assert.Throws<LocalSetupException>(() => HostPlan.Read([question])).ExitCode);

    [Fact]
    public void GivenAnOptionThatIsNone_WhenRead_ThenItIsNamedBesideTheUsage()
    {
        var refusal = Assert.Throws<LocalSetupException>(() => HostPlan.Read(["-x=1"]));
        Assert.Contains("-x", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--port", refusal.Message, StringComparison.Ordinal);
    }
}
