using Spectrum.PrivacyFlows.Tests.Mail;
using static Spectrum.PrivacyFlows.Tests.Exchange.Arguments;
using static Spectrum.PrivacyFlows.Tests.Exchange.FakeTenant;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>Grants add up, so whatever else the identity holds is refused before anything is changed.</summary>
public sealed class RefusalTests(ExchangeShell shell)
{
    private const int Refused = 3;

    [Theory]
    [InlineData(Graph, "Mail.Read")]
    [InlineData(Graph, "Mail.ReadBasic.All")]
    [InlineData(Graph, "Mail-Advanced.ReadWrite.All")]
    [InlineData(Graph, "MailboxSettings.Read")]
    [InlineData(Graph, "MailboxItem.Read.All")]
    [InlineData(Graph, "AppRoleAssignment.ReadWrite.All")]
    [InlineData(ExchangeApi, "full_access_as_app")]
    [InlineData(ExchangeApi, "Mail.Read")]
    [InlineData(ExchangeApi, "Exchange.ManageAsApp")]
    public async Task GivenAPermissionForTheWholeOrganisation_WhenRegistered_ThenItIsRefusedByName(string resource, string value)
    {
        // It is on the second page of the grants.
        var outcome = await shell.RunAsync(
            new FakeTenant().Granting(Graph, "User.Read.All").Granting(resource, "User.Read.All", value), Register());
        var error = outcome.Only.AssertRefused(Refused);
        Assert.Contains($"  {value} on ", error, StringComparison.Ordinal);
        Assert.Contains($"appRoleAssignments/grant-{value}'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenSeveralPermissions_WhenRegistered_ThenEachIsNamed()
    {
        var tenant = new FakeTenant
        {
            Grants =
            [
                .. new FakeTenant().Granting(Graph, "Mail.Read", "MailboxSettings.Read").Grants,
                .. new FakeTenant().Granting(ExchangeApi, "full_access_as_app").Grants,
            ],
        };
        var error = (await shell.RunAsync(tenant, Register())).Only.AssertRefused(Refused);
        Assert.All(
            ["Mail.Read on Microsoft Graph", "MailboxSettings.Read on Microsoft Graph", "full_access_as_app on Office 365 Exchange Online"],
            words => Assert.Contains(words, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenAPermissionThatIsNotOnMail_WhenRegistered_ThenItWarnsAndGoesOn()
    {
        var outcome = await shell.RunAsync(new FakeTenant().Granting(Graph, "User.Read.All"), Register());
        Assert.Equal(0, outcome.Only.ExitCode);
        Assert.Contains("User.Read.All", Assert.Single(outcome.Only.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAPermissionOnAnotherResource_WhenRegistered_ThenItsNameDoesNotMatter() =>
        Assert.Equal(0, (await shell.RunAsync(new FakeTenant().Granting(Storage, "Mail.Read"), Register())).Only.ExitCode);

    [Theory]
    [InlineData("Application Mail.Read", null, "Organization")]
    [InlineData("Application Calendars.Read", "Some rooms", "CustomRecipientScope")]
    [InlineData(ReadWrite, "All of Europe", "CustomRecipientScope")]
    [InlineData(Send, null, "Organization")]
    public async Task GivenAnotherRoleInExchange_WhenRegistered_ThenItIsRefusedByName(string role, string? scope, string kind)
    {
        var tenant = new FakeTenant().Known() with { Assignments = [new("Of old", role, ObjectId, scope, kind)] };
        var error = (await shell.RunAsync(tenant, Register())).Only.AssertRefused(Refused);
        Assert.All(
            [role, scope ?? kind, "Remove-ManagementRoleAssignment -Identity 'Of old'"],
            words => Assert.Contains(words, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenRolesOfAnotherApp_WhenRegistered_ThenTheyDoNotMatter() =>
        Assert.Equal(
            0,
            (await shell.RunAsync(
                new FakeTenant { Assignments = [new("Another's", "Application Mail.Read", Storage, null, "Organization")] },
                Register())).Only.ExitCode);

    [Theory]
    [InlineData("Guid -eq 'bbbbbbbb-0000-4000-8000-000000000000'", false, "with another filter")]
    [InlineData(
        "Guid -eq 'aaaaaaaa-0000-4000-8000-000000000000' -or Guid -eq 'bbbbbbbb-0000-4000-8000-000000000000'",
        false,
        "with another filter")]
    [InlineData("", false, "with another filter")]
    [InlineData("Guid -eq 'aaaaaaaa-0000-4000-8000-000000000000'", true, "is exclusive")]
    public async Task GivenAScopeOfThatNameThatIsOtherwise_WhenRegistered_ThenItIsRefused(string filter, bool exclusive, string words) =>
        Assert.Contains(
            words,
            (await shell.RunAsync(new FakeTenant { Scopes = [new(ScopeName, filter, exclusive)] }, Register())).Only.AssertRefused(Refused),
            StringComparison.Ordinal);

    [Fact]
    public async Task GivenTwoRecipientsOfTheMailboxsGuid_WhenRegistered_ThenItIsRefused()
    {
        var tenant = new FakeTenant();
        var twin = tenant.Mailboxes[1] with { Guid = tenant.Mailboxes[0].Guid };
        Assert.Contains(
            "matches 2 recipients",
            (await shell.RunAsync(tenant with { Mailboxes = [tenant.Mailboxes[0], twin] }, Register())).Only.AssertRefused(Refused),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAPointerWithAnotherObjectId_WhenRegistered_ThenItIsRefused() =>
        Assert.Contains(
            "by other ids",
            (await shell.RunAsync(
                new FakeTenant { ServicePrincipals = [new("PrivacyFlows", AppId, Storage)] }, Register())).Only.AssertRefused(Refused),
            StringComparison.Ordinal);
}
