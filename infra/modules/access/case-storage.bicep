// What the app's identity may do with the accounts of cases and of bundles. Account scope is the narrowest that works:
// the app makes a container for every case and its own tables at run time, and there is nothing else in these accounts.

import { roles } from 'roles.bicep'

@description('Name of the account of cases and evidence.')
param casesAccountName string
@description('Name of the account of staged data and bundles.')
param bundlesAccountName string
@description('Name of the app\'s identity: assignments are named after it, since its object id is known only once it is made.')
param identityName string
@description('Object id of the app\'s identity.')
param principalId string

resource cases 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: casesAccountName
}

resource bundles 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: bundlesAccountName
}

// The app keeps the mail as received and the letters as sent, and writes the nightly anchors to the container evidence.
// Contributor, not Owner: the app has no business with who owns a blob, and no role here touches the immutability policy.
resource caseBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: cases
  name: guid(cases.id, identityName, roles.storageBlobDataContributor)
  properties: {
    description: 'The app keeps each case\'s mail and letters, and the evidence, here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
  }
}

// The app keeps cases, their append-only record, answers, letters, links and codes in tables.
resource caseTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: cases
  name: guid(cases.id, identityName, roles.storageTableDataContributor)
  properties: {
    description: 'The app keeps cases and their record in tables here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageTableDataContributor
    )
  }
}

// The app stages what the systems hold, packs it, hands it out, and deletes it.
resource bundleBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: bundles
  name: guid(bundles.id, identityName, roles.storageBlobDataContributor)
  properties: {
    description: 'The app stages data and keeps bundles here until the case closes.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
  }
}
