using static Spectrum.PrivacyFlows.Tests.Exchange.Arguments;
using static Spectrum.PrivacyFlows.Tests.Exchange.FakeTenant;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>What has to be there before the script begins; where it is not, the script says what to run.</summary>
public sealed class SessionTests(ExchangeShell shell)
{
    private const int Missing = 2;

    [Theory]
    [InlineData("Get-ConnectionInformation", "Install-Module ExchangeOnlineManagement")]
    [InlineData("Invoke-MgGraphRequest", "Install-Module Microsoft.Graph.Authentication")]
    [InlineData("New-ServicePrincipal", "Organization Management")]
    [InlineData("Test-ServicePrincipalAuthorization", "Organization Management")]
    public async Task GivenACommandIsAbsent_WhenRegistered_ThenItSaysWhatBringsIt(string command, string words) =>
        await AssertSays(new FakeTenant { AbsentCommands = [command] }, Register(), command, words);

    [Fact]
    public async Task GivenNoSessionOfExchange_WhenRegistered_ThenItSaysWhatToRun() =>
        await AssertSays(new FakeTenant { ExchangeSession = null }, Register(), "Run: Connect-ExchangeOnline");

    [Fact]
    public async Task GivenAnExpiredSessionOfExchange_WhenRegistered_ThenItSaysWhatToRun() =>
        await AssertSays(
            new FakeTenant { ExchangeSession = new("Connected", "Expired", "any") }, Register(), "Run: Connect-ExchangeOnline");

    [Fact]
    public async Task GivenNoSessionOfGraph_WhenRegistered_ThenItSaysWhatToRun() =>
        await AssertSays(new FakeTenant { GraphSession = null }, Register(), "Run: Connect-MgGraph -Scopes Application.Read.All");

    [Fact]
    public async Task GivenSessionsOfTwoOrganisations_WhenRegistered_ThenItIsRefused() =>
        await AssertSays(WithGraphOfAnotherOrganisation, Register(), "another organisation");

    [Fact]
    public async Task GivenNoSuchMailbox_WhenRegistered_ThenItSaysSo() =>
        await AssertSays(new FakeTenant(), Register(mailbox: "nobody@contoso.com"), "There is no mailbox nobody@contoso.com");

    [Fact]
    public async Task GivenNoSuchOtherMailbox_WhenRegistered_ThenItSaysSo() =>
        await AssertSays(new FakeTenant(), Register("nobody@contoso.com"), "There is no mailbox nobody@contoso.com");

    [Fact]
    public async Task GivenTheSameMailboxAsTheOther_WhenRegistered_ThenItSaysSo() =>
        await AssertSays(new FakeTenant(), Register(Privacy), "is the same mailbox");

    [Fact]
    public async Task GivenAnAddressThatIsOnlyANameOfAnotherMailbox_WhenRegistered_ThenItIsRefused()
    {
        var tenant = new FakeTenant();
        await AssertSays(
            tenant with { Mailboxes = [tenant.Mailboxes[1] with { DisplayName = Privacy }] }, Register(), "is no address of the mailbox");
    }

    [Fact]
    public async Task GivenAnIdThatIsNoServicePrincipals_WhenRegistered_ThenItSaysWhereToFindIt() =>
        await AssertSays(new FakeTenant { Identities = [] }, Register(), ObjectId, "Enterprise applications");

    [Fact]
    public async Task GivenIdsOfTwoIdentities_WhenRegistered_ThenItIsRefused() =>
        await AssertSays(
            new FakeTenant { Identities = [new(ObjectId, Storage, "Another", "ManagedIdentity", [])] },
            Register(),
            $"has the client id {Storage}, not {AppId}");

    private async Task AssertSays(FakeTenant tenant, Dictionary<string, object> arguments, params string[] words)
    {
        var error = (await shell.RunAsync(tenant, arguments)).Only.AssertRefused(Missing);
        Assert.All(words, word => Assert.Contains(word, error, StringComparison.Ordinal));
    }
}
