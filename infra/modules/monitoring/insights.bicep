// Application Insights, kept in the workspace.

@description('Name of the component.')
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Resource id of the workspace.')
param workspaceId string

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspaceId
    // Only an identity with the role Monitoring Metrics Publisher can write; the connection string alone opens nothing.
    DisableLocalAuth: true
    // Addresses are dropped before they are stored.
    DisableIpMasking: false
  }
}

@description('Where to send. Not a secret, since local authentication is off.')
output connectionString string = insights.properties.ConnectionString
