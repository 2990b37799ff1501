using static Spectrum.PrivacyFlows.Tests.Exchange.Arguments;
using static Spectrum.PrivacyFlows.Tests.Exchange.FakeTenant;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>Exchange itself has to say that the app may what was meant, and nothing more.</summary>
public sealed class AuthorizationTests(ExchangeShell shell)
{
    private const int TestFailed = 4;

    [Fact]
    public async Task GivenTwoMailboxes_WhenRegistered_ThenBothRolesAreInScopeOfTheOneAndNotOfTheOther()
    {
        var run = (await shell.RunAsync(new FakeTenant(), Register(Finance))).Only;
        Assert.Equal(
            [(Privacy, ReadWrite, true), (Privacy, Send, true), (Finance, ReadWrite, false), (Finance, Send, false)],
            run.Tests.Select(test => ((string)test["Mailbox"]!, (string)test["Role"]!, (bool)test["InScope"]!)));
        Assert.All(run.Tests, test => Assert.True((bool)test["Passed"]!));
    }

    [Theory]
    [InlineData(ReadWrite)]
    [InlineData(Send)]
    public async Task GivenARoleThatIsOutOfScope_WhenRegistered_ThenItFails(string role)
    {
        var run = (await shell.RunAsync(new FakeTenant { Denied = role }, Register())).Only;
        Assert.Equal(TestFailed, run.ExitCode);
        Assert.Contains($"{role} on {Privacy}: in scope is False, should be True", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.False((bool)Assert.Single(run.Tests, test => (string)test["Role"]! == role)["Passed"]!);
    }

    [Theory]
    [InlineData(ReadWrite)]
    [InlineData(Send)]
    public async Task GivenTheOtherMailboxIsInScope_WhenRegistered_ThenItFails(string role)
    {
        var run = (await shell.RunAsync(new FakeTenant { Leaking = role }, Register(Finance))).Only;
        Assert.Equal(TestFailed, run.ExitCode);
        Assert.Contains($"{role} on {Finance}: in scope is True, should be False", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenARoleAssignedTwice_WhenTested_ThenItFails()
    {
        var registered = (await shell.RunAsync(new FakeTenant(), Register())).Tenant;
        var twice = registered with { Assignments = [.. registered.Assignments, registered.Assignments[0] with { Name = "Again" }] };
        Assert.Equal(TestFailed, (await shell.RunAsync(twice, Register())).Only.ExitCode);
    }

    [Fact]
    public async Task GivenExchangeShowsItLate_WhenRegistered_ThenItWaits()
    {
        var run = (await shell.RunAsync(new FakeTenant { Late = 1 }, Register(waitSeconds: 60))).Only;
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Tests.Count());
    }

    [Fact]
    public async Task GivenAllIsThereButOutOfScope_WhenRegisteredAgain_ThenItDoesNotWait()
    {
        var registered = (await shell.RunAsync(new FakeTenant(), Register())).Tenant;
        Assert.Equal(TestFailed, (await shell.RunAsync(registered with { Denied = Send }, Register(waitSeconds: 600))).Only.ExitCode);
    }
}
