using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

// The objects of an organisation, with the properties of the real ones that the script reads.

/// <summary>A session, of Exchange Online or of Microsoft Graph.</summary>
internal sealed record ConnectedTo(string State, string TokenStatus, [property: JsonPropertyName("TenantID")] string TenantId);

/// <summary>A service principal in Microsoft Entra ID.</summary>
internal sealed record Identity(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("appId")] string AppId,
    [property: JsonPropertyName("displayName")] string DisplayName,
    [property: JsonPropertyName("servicePrincipalType")] string Type,
    [property: JsonPropertyName("appRoles")] IReadOnlyList<AppRole> AppRoles);

internal sealed record AppRole([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("value")] string Value)
{
    public static AppRole Of(string value) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16)).ToString(), value);
}

internal sealed record Grant(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("resourceId")] string ResourceId,
    [property: JsonPropertyName("appRoleId")] string AppRoleId);

/// <summary>A mailbox.</summary>
internal sealed record Box(
    string Guid, string PrimarySmtpAddress, string UserPrincipalName, string Alias, string DisplayName,
    IReadOnlyList<string> EmailAddresses)
{
    /// <param name="digit">A hexadecimal digit, of which its GUID is made.</param>
    public static Box Of(string address, string digit) =>
        new(
            $"{string.Concat(Enumerable.Repeat(digit, 8))}-0000-4000-8000-000000000000",
            address,
            address,
            address.Split('@')[0],
            address.Split('@')[0],
            ["SMTP:" + address]);
}

/// <summary>What Exchange calls a service principal: its pointer to one of Microsoft Entra ID.</summary>
internal sealed record Pointer(string DisplayName, string AppId, string ObjectId);

internal sealed record Scope(string Name, string RecipientFilter, bool Exclusive = false);

internal sealed record Assignment(
    string Name, string Role, string RoleAssignee, string? CustomResourceScope, string RecipientWriteScope = "CustomRecipientScope");
