// Log Analytics: one workspace for what the app reports and for what Azure saw others do (reads of bundles, of secrets).

@description('Name of the workspace.')
@minLength(4)
@maxLength(63)
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Days that logs are kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    features: {
      // No workspace key: who writes or reads has signed in.
      disableLocalAuth: true
      // Whoever may read a resource may read its logs, and no others.
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    // No daily cap: it would silence the alerts on the day on which something goes wrong at length.
  }
}

@description('Resource id.')
output id string = workspace.id
