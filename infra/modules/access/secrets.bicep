// Which secrets the app's identity may read: one assignment for each that a setting refers to, so that it reads no other
// (not the suppression key, which no code uses yet, and not a key of two generations ago).

import { roles } from 'roles.bicep'

@description('Name of the vault.')
param vaultName string
@description('Names of the secrets that the app\'s settings refer to.')
param secretNames string[]
@description('Name of the app\'s identity: assignments are named after it, since its object id is known only once it is made.')
param identityName string
@description('Object id of the app\'s identity.')
param principalId string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

resource secrets 'Microsoft.KeyVault/vaults/secrets@2025-05-01' existing = [
  for name in secretNames: {
    parent: vault
    name: name
  }
]

// The platform resolves the references in the app's settings with this role. Reading only.
resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in secretNames: {
    scope: secrets[i]
    name: guid(secrets[i].id, identityName, roles.keyVaultSecretsUser)
    properties: {
      description: 'A setting of the app refers to this secret.'
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
    }
  }
]
