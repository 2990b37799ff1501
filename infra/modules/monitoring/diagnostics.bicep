// What Azure itself writes down, outside the app's reach: every read, write and deletion of a blob of the bundles and
// cases accounts, with who did it; and every use of the vault.

@description('Resource id of the workspace.')
param workspaceId string
@description('Names of the accounts whose blobs are watched.')
param accountNames string[]
@description('Name of the vault.')
param vaultName string

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' existing = [
  for name in accountNames: {
    name: '${name}/default'
  }
]

resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for (name, i) in accountNames: {
    scope: blobs[i]
    name: 'who-touched-what'
    properties: {
      workspaceId: workspaceId
      logs: [
        { category: 'StorageRead', enabled: true }
        { category: 'StorageWrite', enabled: true }
        { category: 'StorageDelete', enabled: true }
      ]
    }
  }
]

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

resource vaultLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'who-touched-what'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'AuditEvent', enabled: true }
    ]
  }
}
