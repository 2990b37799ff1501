// Account of the Functions host: its locks and keys, the deployed package, and with durableBackend 'storage' the
// orchestrations' queues, tables and blobs. No personal data.

import { lockedDown } from 'locked-down.bicep'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Copies: Standard_LRS or Standard_ZRS. A lost region means a new deployment, which needs no copy of this account.')
param sku string
@description('Whether the account answers on the public network.')
param isPublic bool

var packageContainerName = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: lockedDown(isPublic)

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // A package or a lock deleted by mistake can be had back for a week.
      deleteRetentionPolicy: {
        enabled: true
        days: 7
      }
    }

    resource package 'containers' = {
      name: packageContainerName
      properties: {
        publicAccess: 'None'
      }
    }
  }
}

@description('Resource id, for private endpoints.')
output id string = account.id
@description('Address of the container that holds the deployed package.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainerName}'
