// The function app. People reach its pages from anywhere with the links of their letters, and Microsoft Graph its
// notifications, so its front stays public in every variant; what lies behind it does not have to.

@description('Name of the function app; its default host name is made of it.')
@maxLength(60)
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Resource id of the plan.')
param planId string
@description('Resource id of the app\'s identity.')
param identityId string
@description('Address of the container that holds the deployed package.')
param packageContainerUrl string
@description('Memory of an instance, in MB. A case with 200,000 records peaks at 260 MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int
@description('Most instances at once.')
@minValue(40)
@maxValue(1000)
param maximumInstances int
@description('Resource id of the subnet for outbound traffic; empty for the public variant.')
param subnetId string

resource site 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' }) // how azd finds where to deploy
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    // Key Vault references are resolved with this identity; there is no system-assigned one.
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }

  // User name and password for publishing are off; azd and the CLI publish with the engineer's own sign-in.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

// No diagnostic setting here, on purpose. AppServiceHTTPLogs and FunctionAppLogs write the address of every request, and
// the addresses of our pages carry link tokens, which are keys. What may be known of the app's work it reports itself,
// through OpenTelemetry, with the addresses left out.
