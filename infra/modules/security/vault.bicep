// The vault, and the secrets that the template makes itself. Nobody needs a right to read or write them: the template
// writes each once, and the app's identity alone reads it.

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Whether the vault answers on the public network.')
param isPublic bool
@description('Which key signs links. The one before is kept for links that are out.')
param linksKeyGeneration int
@description('Which key the suppression list is made with.')
param suppressionKeyGeneration int
@description('Names of the secrets that hold the connections of the systems of record.')
param systemSecretNames string[]

// Two random GUIDs are 244 random bits; base64 of their text is 72 bytes, and 32 is what the app asks for.
@description('New value for the key of links, used only where the secret does not exist yet.')
@secure()
param newLinksKey string = base64('${newGuid()}${newGuid()}')
@description('New value for the key of links before, used only where the secret does not exist yet.')
@secure()
param newPreviousLinksKey string = base64('${newGuid()}${newGuid()}')
@description('New value for the suppression key, used only where the secret does not exist yet.')
@secure()
param newSuppressionKey string = base64('${newGuid()}${newGuid()}')
@description('New value for the secret that Graph repeats with every notification, used only where it does not exist yet. Graph allows 128 characters.')
@secure()
param newClientState string = '${newGuid()}${newGuid()}'

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    // Roles, not access policies: one secret at a time, and in one list with everything else that is granted.
    enableRbacAuthorization: true
    // Deleted keys can be had back for 90 days, and nobody can cut that short. Losing the suppression key would lose
    // every marketing objection.
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    // Not for certificates of machines, disks or other deployments.
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    networkAcls: {
      // Azure Resource Manager, which writes the secrets below, is a trusted service.
      bypass: 'AzureServices'
      defaultAction: isPublic ? 'Allow' : 'Deny'
    }
  }
}

// Rotation is a new generation: raise linksKeyGeneration and provision. The old secret stays and becomes
// Links__PreviousSigningKey. Raised by two, both are new, and every link that is out is dead.
@onlyIfNotExists()
resource linksKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'links-key-${linksKeyGeneration}'
  properties: {
    contentType: 'signs links; base64'
    value: newLinksKey
  }
}

@onlyIfNotExists()
resource previousLinksKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (linksKeyGeneration > 1) {
  parent: vault
  name: 'links-key-${linksKeyGeneration - 1}'
  properties: {
    contentType: 'signed the links before; base64'
    value: newPreviousLinksKey
  }
}

// For the suppression list of marketing objections (S5). The app does not read it yet, so it is granted to nobody.
@onlyIfNotExists()
resource suppressionKey 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'suppression-key-${suppressionKeyGeneration}'
  properties: {
    contentType: 'HMAC key of the suppression list; base64'
    value: newSuppressionKey
  }
}

@onlyIfNotExists()
resource clientState 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: 'mailbox-client-state'
  properties: {
    contentType: 'repeated by Graph with every notification'
    value: newClientState
  }
}

// Places for the connections of the systems of record. They exist from the start, because a role is granted on a secret
// that exists; infra/secret.bicep puts the real value in, and provisioning again does not overwrite it.
@onlyIfNotExists()
resource systems 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = [
  for secret in systemSecretNames: {
    parent: vault
    name: secret
    properties: {
      contentType: 'connection of a system of record'
      value: 'not set yet, see infra/README.md'
    }
  }
]

@description('Resource id, for the private endpoint.')
output id string = vault.id
