using Spectrum.PrivacyFlows.Tests.Mail;
using static Spectrum.PrivacyFlows.Tests.Exchange.Arguments;
using static Spectrum.PrivacyFlows.Tests.Exchange.FakeTenant;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

public sealed class RegistrationTests(ExchangeShell shell)
{
    private static readonly string[] Parts = ["ServicePrincipal", "ManagementScope", "RoleAssignment", "RoleAssignment"];

    [Fact]
    public async Task GivenAnOrganisationWithoutTheApp_WhenRegistered_ThenItHasOnePointerOneScopeOfOneMailboxAndTwoRoles()
    {
        var outcome = await shell.RunAsync(new FakeTenant(), Register(Finance));
        Assert.Equal(0, outcome.Only.ExitCode);
        Assert.Empty(outcome.Only.Errors);
        Assert.Empty(outcome.Only.Warnings);
        Assert.Equal(Parts.Select(part => part + " Created"), outcome.Only.States);
        Assert.Equal(new Pointer("PrivacyFlows", AppId, ObjectId), Assert.Single(outcome.Tenant.ServicePrincipals));
        var scope = Assert.Single(outcome.Tenant.Scopes);
        Assert.Equal(
            (ScopeName, "(Guid -eq 'aaaaaaaa-0000-4000-8000-000000000000')", false), (scope.Name, scope.RecipientFilter, scope.Exclusive));
        Assert.Equal(
            [(ReadWrite, ObjectId, ScopeName), (Send, ObjectId, ScopeName)],
            outcome.Tenant.Assignments.Select(assignment => (assignment.Role, assignment.RoleAssignee, assignment.CustomResourceScope!)));
    }

    [Fact]
    public async Task GivenARegisteredApp_WhenRegisteredAgain_ThenNothingIsChangedAndItSaysSo()
    {
        var again = (await shell.RunAsync(new FakeTenant(), Register(), Register(Finance))).Runs[1];
        Assert.Equal(0, again.ExitCode);
        Assert.Empty(again.Changes);
        Assert.Equal(Parts.Select(part => part + " Unchanged"), again.States);
        Assert.Contains("Nothing was changed", Assert.Single(again.Said), StringComparison.Ordinal);
        Assert.Equal(4, again.Tests.Count());
    }

    [Fact]
    public async Task GivenWhatIf_WhenRegistered_ThenNothingIsChangedAndItSaysWhatItWouldDo()
    {
        var outcome = await shell.RunAsync(new FakeTenant(), Register(Finance, whatIf: true));
        Assert.Equal(0, outcome.Only.ExitCode);
        Assert.Empty(outcome.Only.Changes);
        Assert.Equal(Parts.Select(part => part + " WouldCreate"), outcome.Only.States);
        Assert.Empty(outcome.Only.Tests);
        Assert.All([AppId, Privacy, ReadWrite, Send], word => Assert.Contains(word, outcome.Console, StringComparison.Ordinal));
        Assert.All(outcome.Console.Split('\n'), line => Assert.StartsWith("What if:", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenExchangeFailedHalfway_WhenRegisteredAgain_ThenItGoesOnFromThere()
    {
        var broken = await shell.RunAsync(new FakeTenant { Broken = Send }, Register());
        Assert.Equal(1, broken.Only.ExitCode);
        Assert.Equal(3, broken.Only.Changes.Count);
        Assert.Contains("busy", Assert.Single(broken.Only.Errors), StringComparison.Ordinal);
        Assert.Contains("goes on from there", Assert.Single(broken.Only.Said), StringComparison.Ordinal);
        var again = await shell.RunAsync(broken.Tenant with { Broken = null }, Register());
        Assert.Equal(0, again.Only.ExitCode);
        Assert.Equal("New-ManagementRoleAssignment " + Send, Assert.Single(again.Only.Changes));
    }

    [Fact]
    public async Task GivenAMailboxWithANewPrimaryAddress_WhenRegisteredAgain_ThenTheScopeIsStillTheMailboxs()
    {
        var registered = (await shell.RunAsync(new FakeTenant(), Register())).Tenant;
        var renamed = registered.Mailboxes[0] with
        {
            PrimarySmtpAddress = "rights@contoso.com",
            UserPrincipalName = "rights@contoso.com",
            EmailAddresses = ["SMTP:rights@contoso.com"],
        };
        // The old address is another mailbox's now.
        var heir = registered.Mailboxes[1] with { EmailAddresses = ["SMTP:" + Finance, "smtp:" + Privacy] };
        var again = await shell.RunAsync(registered with { Mailboxes = [renamed, heir] }, Register(Finance, mailbox: "rights@contoso.com"));
        Assert.Equal(0, again.Only.ExitCode);
        Assert.Empty(again.Only.Changes);
        Assert.All(again.Only.Tests, test => Assert.True((bool)test["Passed"]!));
    }

    [Fact]
    public async Task GivenAMailboxOfAnotherUserPrincipalName_WhenRegistered_ThenItWarns()
    {
        var tenant = new FakeTenant();
        var outcome = await shell.RunAsync(
            tenant with { Mailboxes = [tenant.Mailboxes[0] with { UserPrincipalName = "p1@contoso.com" }] }, Register());
        Assert.Equal(0, outcome.Only.ExitCode);
        Assert.Contains("p1@contoso.com", Assert.Single(outcome.Only.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenNobodyToConfirm_WhenRegisteredWithoutSayingSo_ThenNothingIsChanged()
    {
        var asking = Register();
        asking.Remove("Confirm");
        var outcome = await shell.RunAsync(new FakeTenant(), asking);
        Assert.Equal(1, outcome.Only.ExitCode);
        Assert.Empty(outcome.Only.Changes);
    }

    [Fact]
    public async Task GivenMailReadIsAskedFor_WhenRegistered_ThenItIsAThirdRoleOfTheSameScopeThatStaysAndGoesWithTheOthers()
    {
        var outcome = await shell.RunAsync(
            new FakeTenant(), Register(), Register(Finance, includeMailRead: true), Register(Finance), Remove());
        Assert.All(outcome.Runs, run => Assert.Equal(0, run.ExitCode));
        Assert.Equal("New-ManagementRoleAssignment Application Mail.Read", Assert.Single(outcome.Runs[1].Changes));
        Assert.Empty(outcome.Runs[2].Changes);
        Assert.Equal(6, outcome.Runs[2].Tests.Count());
        Assert.Empty(outcome.Tenant.Assignments);
        Assert.Empty(outcome.Tenant.Scopes);
    }
}
