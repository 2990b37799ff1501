// What the app's identity may do with Application Insights: write, and not read.

import { roles } from 'roles.bicep'

@description('Name of the Application Insights component.')
param insightsName string
@description('Name of the app\'s identity: assignments are named after it, since its object id is known only once it is made.')
param identityName string
@description('Object id of the app\'s identity.')
param principalId string

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// Local authentication is off there, so that nobody can write to it who merely knows the connection string.
resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identityName, roles.monitoringMetricsPublisher)
  properties: {
    description: 'The host and the app send logs, metrics and traces here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.monitoringMetricsPublisher
    )
  }
}
