// Account of staged data and bundles: copies of people's data that exist only to answer them. The app deletes them when
// the case closes, and gone must mean gone. Everything that keeps deleted data is off, and said to be off, because
// policies and portals like to switch it on.

import { lockedDown } from 'locked-down.bicep'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Copies: Standard_LRS or Standard_ZRS, never in a second region. What is lost is collected again.')
param sku string
@description('Whether the account answers on the public network.')
param isPublic bool
@description('Age in days at which a blob is deleted whatever the app does.')
param safetyDays int

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
      deleteRetentionPolicy: {
        enabled: false
      }
      containerDeleteRetentionPolicy: {
        enabled: false
      }
      isVersioningEnabled: false
      restorePolicy: {
        enabled: false
      }
      changeFeed: {
        enabled: false
      }
    }
  }

  // The net under the app, for the case that it never gets to delete. S4 allows a bundle 90 days after delivery, and a
  // blob is made before it is delivered, so an age of at most 90 days keeps S4 whatever happens. A case of one month
  // needs 31 days, up to 5 more where the date rolls, and a link of up to 30: 66. A case that lasts longer has its data
  // collected again from the officer's link.
  resource safetyNet 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'delete-what-was-left'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob', 'appendBlob']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterCreationGreaterThan: safetyDays
                  }
                }
                snapshot: {
                  delete: {
                    daysAfterCreationGreaterThan: 0
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
