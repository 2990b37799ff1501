using static Spectrum.PrivacyFlows.Tests.Exchange.Arguments;
using static Spectrum.PrivacyFlows.Tests.Exchange.FakeTenant;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

public sealed class RemovalTests(ExchangeShell shell)
{
    [Fact]
    public async Task GivenARegisteredApp_WhenRemoved_ThenNothingOfItIsLeft()
    {
        var outcome = await shell.RunAsync(new FakeTenant(), Register(), Remove());
        Assert.All(outcome.Runs, run => Assert.Equal(0, run.ExitCode));
        Assert.Equal(
            ["RoleAssignment Removed", "RoleAssignment Removed", "ManagementScope Removed", "ServicePrincipal Removed"],
            outcome.Runs[1].States);
        Assert.Empty(outcome.Tenant.ServicePrincipals);
        Assert.Empty(outcome.Tenant.Scopes);
        Assert.Empty(outcome.Tenant.Assignments);
    }

    [Fact]
    public async Task GivenNothing_WhenRemoved_ThenNothingIsChangedAndItSaysSo()
    {
        var run = (await shell.RunAsync(new FakeTenant(), Remove())).Only;
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Changes);
        Assert.Contains("Nothing was changed", Assert.Single(run.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenWhatIf_WhenRemoved_ThenNothingIsChanged()
    {
        var outcome = await shell.RunAsync(new FakeTenant(), Register(), Remove(whatIf: true));
        Assert.Equal(0, outcome.Runs[1].ExitCode);
        Assert.Empty(outcome.Runs[1].Changes);
        Assert.Equal(
            ["RoleAssignment WouldRemove", "RoleAssignment WouldRemove", "ManagementScope WouldRemove", "ServicePrincipal WouldRemove"],
            outcome.Runs[1].States);
    }

    [Fact]
    public async Task GivenOtherRoles_WhenRemoved_ThenTheyStayAndItSaysSo()
    {
        var registered = (await shell.RunAsync(new FakeTenant(), Register())).Tenant;
        var other = new Assignment("Rooms", "Application Calendars.Read", ObjectId, null, "Organization");
        var outcome = await shell.RunAsync(registered with { Assignments = [.. registered.Assignments, other] }, Remove());
        Assert.Equal(0, outcome.Only.ExitCode);
        Assert.Equal(other, Assert.Single(outcome.Tenant.Assignments));
        Assert.Single(outcome.Tenant.ServicePrincipals);
        Assert.Empty(outcome.Tenant.Scopes);
        Assert.Contains("Application Calendars.Read", Assert.Single(outcome.Only.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTheIdentityIsGone_WhenRemoved_ThenTheScopeThatWasLeftIsRemovedWithoutGraph()
    {
        // Microsoft: what is deleted in Entra ID goes in Exchange too, but for the scopes.
        var tenant = new FakeTenant
        {
            Identities = [],
            GraphSession = null,
            Scopes = [new(ScopeName, "Guid -eq 'aaaaaaaa-0000-4000-8000-000000000000'")],
        };
        var outcome = await shell.RunAsync(tenant, Remove());
        Assert.Equal(0, outcome.Only.ExitCode);
        Assert.Equal("Remove-ManagementScope " + ScopeName, Assert.Single(outcome.Only.Changes));
    }
}
