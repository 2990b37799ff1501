// What the app's identity may do with the task hub.

import { roles } from 'roles.bicep'

@description('Name of the scheduler.')
param schedulerName string
@description('Name of the task hub.')
param taskHubName string
@description('Name of the app\'s identity: assignments are named after it, since its object id is known only once it is made.')
param identityName string
@description('Object id of the app\'s identity.')
param principalId string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: schedulerName

  resource taskHub 'taskHubs' existing = {
    name: taskHubName
  }
}

// The app starts orchestrations and runs them, which is both halves of this role; the narrower role of a worker cannot
// start any. On the one task hub, not on the scheduler.
resource contributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: scheduler::taskHub
  name: guid(scheduler::taskHub.id, identityName, roles.durableTaskDataContributor)
  properties: {
    description: 'The app starts, runs and purges its orchestrations here.'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.durableTaskDataContributor
    )
  }
}
