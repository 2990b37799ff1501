// Account of cases and their record: requests as received, decisions, the append-only evidence (S3). Kept for years (S4),
// so what is deleted by mistake can be had back for two weeks.

import { lockedDown } from 'locked-down.bicep'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Copies. The record is what a regulator asks for: in production it should survive the loss of a region.')
param sku string
@description('Whether the account answers on the public network.')
param isPublic bool
@description('Days for which a blob in the container evidence can be neither changed nor deleted.')
@minValue(1)
@maxValue(146000)
param evidenceDays int
@description('Whether the policy has been locked by hand. Then the template leaves it alone: a locked policy can only be extended, by hand.')
param evidencePolicyLocked bool

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
      // Two weeks is a holiday. It also means that a record that is due for deletion is gone two weeks later than its
      // day, which S4's "after 3 years" leaves room for.
      deleteRetentionPolicy: {
        enabled: true
        days: 14
      }
      containerDeleteRetentionPolicy: {
        enabled: true
        days: 14
      }
    }

    // One blob a case and night: case number, number of lines, hash of the last, time. No personal data, so keeping it
    // unchangeable takes nothing away from anybody. Whoever rewrites a record must rewrite these too, and cannot.
    resource evidence 'containers' = {
      name: 'evidence'
      properties: {
        publicAccess: 'None'
      }

      // Made unlocked: the rule holds, but an administrator can still take it away. Locking is irreversible (not even
      // Microsoft can shorten it, and the account cannot be deleted while blobs are under it), so a person does it by
      // hand, once the system runs: infra/README.md, "Lock the evidence".
      resource policy 'immutabilityPolicies' = if (!evidencePolicyLocked) {
        name: 'default'
        properties: {
          immutabilityPeriodSinceCreationInDays: evidenceDays
          allowProtectedAppendWrites: false
        }
      }
    }
  }

  // The app copies its tables each night into the container backups. Five weeks reach back over a holiday and a month.
  resource oldBackups 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'delete-old-copies-of-tables'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['backups/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: 35
                  }
                }
              }
            }
          }
        ]
      }
    }
  }
}

@description('Resource id, for private endpoints.')
output id string = account.id
@description('Blob address.')
output blobUrl string = account.properties.primaryEndpoints.blob
@description('Table address.')
output tableUrl string = account.properties.primaryEndpoints.table
