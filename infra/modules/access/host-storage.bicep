// What the app's identity may do with the host's storage account.

import { roles } from 'roles.bicep'

@description('Name of the host\'s storage account.')
param accountName string
@description('Name of the app\'s identity: assignments are named after it, since its object id is known only once it is made.')
param identityName string
@description('Object id of the app\'s identity.')
param principalId string
@description('Whether the orchestrations are kept in this account too (durableBackend \'storage\').')
param keepsOrchestrations bool

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

// The Functions host makes its own containers (azure-webjobs-hosts, azure-webjobs-secrets) and takes leases on blobs in
// them, so that a timer fires once; Microsoft's documentation asks for Owner of blob data, at the account. The platform
// reads the deployed package with it as well.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, roles.storageBlobDataOwner)
  properties: {
    description: 'The Functions host keeps its locks, keys and package here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataOwner)
  }
}

// Durable Functions' Azure Storage provider makes its queues by itself. Without it nobody needs a queue.
resource orchestrationQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (keepsOrchestrations) {
  scope: account
  name: guid(account.id, identityName, roles.storageQueueDataContributor)
  properties: {
    description: 'Durable Functions passes work through queues here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageQueueDataContributor
    )
  }
}

// And its tables, for histories and instances.
resource orchestrationTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (keepsOrchestrations) {
  scope: account
  name: guid(account.id, identityName, roles.storageTableDataContributor)
  properties: {
    description: 'Durable Functions keeps histories in tables here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageTableDataContributor
    )
  }
}
