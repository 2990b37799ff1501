// Where the app reports to, what Azure itself writes down, and who hears when something is wrong.

@description('Names of the resources.')
param names {
  workspace: string
  insights: string
  actionGroup: string
  alertPrefix: string
  casesAccount: string
  bundlesAccount: string
  vault: string
  *: string
}
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Days that logs are kept.')
param retentionDays int
@description('Address that alerts go to.')
param alertAddress string
@description('Object id of the app\'s identity.')
param principalId string

module workspace 'workspace.bicep' = {
  params: { name: names.workspace, location: location, tags: tags, retentionDays: retentionDays }
}

module insights 'insights.bicep' = {
  params: { name: names.insights, location: location, tags: tags, workspaceId: workspace.outputs.id }
}

module diagnostics 'diagnostics.bicep' = {
  params: {
    workspaceId: workspace.outputs.id
    accountNames: [names.bundlesAccount, names.casesAccount]
    vaultName: names.vault
  }
}

module actionGroup 'action-group.bicep' = {
  params: { name: names.actionGroup, tags: tags, alertAddress: alertAddress }
}

module alerts 'alerts.bicep' = {
  params: {
    namePrefix: names.alertPrefix
    location: location
    tags: tags
    workspaceId: workspace.outputs.id
    actionGroupId: actionGroup.outputs.id
    bundlesAccountName: names.bundlesAccount
    principalId: principalId
  }
  dependsOn: [insights] // the tables of Application Insights come with it
}

module workbook 'workbook.bicep' = {
  params: { location: location, tags: tags, workspaceId: workspace.outputs.id }
}

@description('Where to send telemetry. Not a secret, since local authentication is off.')
output insightsConnectionString string = insights.outputs.connectionString
