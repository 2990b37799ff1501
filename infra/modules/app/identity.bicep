// The one identity of the app: to storage, the vault, the scheduler, telemetry and Microsoft Graph. User-assigned, so
// that its rights, and the mailbox that Exchange grants it, outlive the function app.

@description('Name of the identity.')
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, for the function app.')
output id string = identity.id
@description('Client (application) id, which the app names when it asks for a token.')
output clientId string = identity.properties.clientId
@description('Object id, to which roles and the mailbox are granted.')
output principalId string = identity.properties.principalId
