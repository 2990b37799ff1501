using System.Text.Json.Serialization;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>
/// The organisation that PowerShell/FakeTenant.psm1 plays. A new one has an identity without rights, the mailbox for requests and another
/// mailbox, and whoever runs the script is connected.
/// </summary>
internal sealed record FakeTenant
{
    public const string AppId = "11111111-aaaa-4000-8000-000000000001";
    public const string ObjectId = "22222222-bbbb-4000-8000-000000000002";
    public const string Privacy = "privacy@contoso.com";
    public const string Finance = "finance@contoso.com";
    public const string ScopeName = "PrivacyFlows " + AppId;
    public const string ReadWrite = "Application Mail.ReadWrite";
    public const string Send = "Application Mail.Send";
    public const string Graph = "33333333-cccc-4000-8000-000000000003";
    public const string ExchangeApi = "44444444-dddd-4000-8000-000000000004";
    public const string Storage = "55555555-eeee-4000-8000-000000000005";

    private static readonly ConnectedTo Organisation = new("Connected", "Active", "66666666-ffff-4000-8000-000000000006");
    private static readonly ConnectedTo OtherOrganisation = new("Connected", "Active", "77777777-ffff-4000-8000-000000000007");

    // What the resources offer, as Microsoft names it; the ids are made up.
    private static readonly AppRole[] GraphRoles =
    [
        .. new[]
        {
            "Mail.Read", "Mail.ReadBasic.All", "Mail-Advanced.ReadWrite.All", "MailboxSettings.Read", "MailboxItem.Read.All",
            "AppRoleAssignment.ReadWrite.All", "User.Read.All",
        }.Select(AppRole.Of),
    ];

    private static readonly AppRole[] ExchangeRoles =
        [.. new[] { "full_access_as_app", "Mail.Read", "Exchange.ManageAsApp" }.Select(AppRole.Of)];

    [JsonPropertyName("Exchange")]
    public ConnectedTo? ExchangeSession { get; init; } = Organisation;

    [JsonPropertyName("Graph")]
    public ConnectedTo? GraphSession { get; init; } = Organisation;

    public IReadOnlyList<Identity> Identities { get; init; } =
    [
        new(ObjectId, AppId, "id-privacyflows", "ManagedIdentity", []),
        new(Graph, "00000003-0000-0000-c000-000000000000", "Microsoft Graph", "Application", GraphRoles),
        new(ExchangeApi, "00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online", "Application", ExchangeRoles),
        new(Storage, "e406a681-f3d4-42a8-90b6-c2b029497af1", "Azure Storage", "Application", [AppRole.Of("Mail.Read")]),
    ];

    public IReadOnlyList<Grant> Grants { get; init; } = [];

    public IReadOnlyList<Box> Mailboxes { get; init; } = [Box.Of(Privacy, "a"), Box.Of(Finance, "b")];

    public IReadOnlyList<Pointer> ServicePrincipals { get; init; } = [];

    public IReadOnlyList<Scope> Scopes { get; init; } = [];

    public IReadOnlyList<Assignment> Assignments { get; init; } = [];

    /// <summary>A role that Exchange shows as out of scope everywhere.</summary>
    public string? Denied { get; init; }

    /// <summary>A role that Exchange shows as in scope everywhere.</summary>
    public string? Leaking { get; init; }

    /// <summary>A role that cannot be assigned today.</summary>
    public string? Broken { get; init; }

    /// <summary>How many tests of an authorisation come too early to see what was just made.</summary>
    public int Late { get; init; }

    /// <summary>Commands that whoever runs the script lacks.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AbsentCommands { get; init; } = [];

    public static FakeTenant WithGraphOfAnotherOrganisation => new() { GraphSession = OtherOrganisation };

    public FakeTenant Granting(string resource, params string[] values) =>
        this with { Grants = [.. values.Select(value => new Grant("grant-" + value, resource, AppRole.Of(value).Id))] };

    /// <summary>With the identity known to Exchange.</summary>
    public FakeTenant Known() => this with { ServicePrincipals = [new("PrivacyFlows", AppId, ObjectId)] };
}
