using Azure.Core;
using Azure.Identity;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>
/// Who the app is to Azure and Microsoft 365. Setting <c>AZURE_CLIENT_ID</c>: its user-assigned identity; without it,
/// whoever is signed in on this machine.
/// </summary>
public sealed record AppIdentity(string? ClientId)
{
    internal static AppIdentity From(SettingsReader settings) => new(settings.Text("AZURE_CLIENT_ID"));

    /// <summary>Named outright where it is known: trying one way after the other takes seconds and may find the wrong one.</summary>
    public TokenCredential Credential =>
        ClientId is { } id ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)) : new DefaultAzureCredential();
}
