// Every role assignment of the system. All go to one identity, the app's, and each to one resource: none to the resource
// group, none to the subscription, none to the engineer who provisions.

@description('Object id of the app\'s identity.')
param principalId string
@description('Names of the resources.')
param names {
  identity: string
  hostAccount: string
  casesAccount: string
  bundlesAccount: string
  vault: string
  scheduler: string
  taskHub: string
  insights: string
  *: string
}
@description('Whether orchestrations are kept by Durable Task Scheduler.')
param usesScheduler bool
@description('Secrets that the app\'s settings refer to.')
param readableSecretNames string[]

module hostStorage 'host-storage.bicep' = {
  params: {
    accountName: names.hostAccount
    identityName: names.identity
    principalId: principalId
    keepsOrchestrations: !usesScheduler
  }
}

module caseStorage 'case-storage.bicep' = {
  params: {
    casesAccountName: names.casesAccount
    bundlesAccountName: names.bundlesAccount
    identityName: names.identity
    principalId: principalId
  }
}

module secrets 'secrets.bicep' = {
  params: {
    vaultName: names.vault
    secretNames: readableSecretNames
    identityName: names.identity
    principalId: principalId
  }
}

module taskHub 'scheduler.bicep' = if (usesScheduler) {
  params: {
    schedulerName: names.scheduler
    taskHubName: names.taskHub
    identityName: names.identity
    principalId: principalId
  }
}

module telemetry 'telemetry.bicep' = {
  params: { insightsName: names.insights, identityName: names.identity, principalId: principalId }
}
