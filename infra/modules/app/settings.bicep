// Every setting of the app on Azure, in one list. docs/settings.md says what each means.
// FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION are not settings on Flex Consumption: functionAppConfig has them.

@description('Name of the function app.')
param siteName string
@description('Client id of the app\'s identity.')
param clientId string
@description('Storage account of the host and the orchestrations.')
param hostAccountName string
@description('Blob address of the cases account.')
param casesBlobUrl string
@description('Table address of the cases account.')
param casesTableUrl string
@description('Blob address of the bundles account.')
param bundlesBlobUrl string
@description('Connection string of Application Insights. It names where to send, and is no right to: that is a role.')
param insightsConnectionString string
@description('Whether orchestrations are kept by Durable Task Scheduler.')
param usesScheduler bool
@description('Address of the scheduler; empty with durableBackend \'storage\'.')
param schedulerEndpoint string
@description('Name of the task hub.')
param taskHubName string
@description('Where people reach the pages; empty for the default host name.')
param siteUrl string
@description('Mailbox: address, name, since, graphBaseUrl, requestTimeoutSeconds.')
param mailbox mailboxType
@description('Who decides, and who hears of it on the due date.')
param officer officerType
@description('Settings Controller__… and Regulator__… that are not the policy\'s.')
param contacts contactsType
@description('Settings Budgets__… that are not the usual ones.')
param budgets budgetsType
@description('Delivery: linkDays, maxDownloads.')
param delivery deliveryType
@description('Name of the vault.')
param vaultName string
@description('Setting name to name of the secret in the vault: all that is secret.')
param vaultSettings object

@export()
type mailboxType = {
  address: string
  name: string
  since: string
  graphBaseUrl: string
  requestTimeoutSeconds: int
}
@export()
type officerType = {
  address: string
  escalationAddress: string
}
@export()
@sealed()
type contactsType = {
  Controller__Name: string?
  Controller__LegalName: string?
  Controller__ContactTitle: string?
  Controller__PostalAddress: string?
  Controller__Email: string?
  Regulator__Name: string?
  Regulator__ShortName: string?
  Regulator__Site: string?
  Regulator__ComplaintUrl: string?
  Regulator__Telephone: string?
}
@export()
@sealed()
type budgetsType = {
  Budgets__CasesPerSender: string?
  Budgets__CasesPerDomain: string?
  Budgets__CasesPerDay: string?
  Budgets__UnrecognisedPerDay: string?
  Budgets__LettersPerSender: string?
  Budgets__LettersPerDomain: string?
  Budgets__LettersPerDay: string?
  Budgets__MailsPerSender: string?
}
@export()
type deliveryType = {
  linkDays: int
  maxDownloads: int
}

var host = {
  AzureWebJobsStorage__accountName: hostAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
}

var scheduler = usesScheduler
  ? {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${clientId};TaskHub=${taskHubName}'
    }
  : {}

var app = {
  AZURE_CLIENT_ID: clientId
  CaseStorage__blobServiceUri: casesBlobUrl
  CaseStorage__tableServiceUri: casesTableUrl
  BundleStorage__blobServiceUri: bundlesBlobUrl
  Site__BaseUrl: empty(siteUrl) ? 'https://${site.properties.defaultHostName}' : siteUrl
  Mailbox__Address: mailbox.address
  Mailbox__Name: mailbox.name
  Mailbox__Since: mailbox.since
  Mailbox__GraphBaseUrl: mailbox.graphBaseUrl
  Mailbox__RequestTimeoutSeconds: string(mailbox.requestTimeoutSeconds)
  Officer__Address: officer.address
  Officer__EscalationAddress: officer.escalationAddress
  Delivery__LinkDays: string(delivery.linkDays)
  Delivery__MaxDownloads: string(delivery.maxDownloads)
  Telemetry__Console: 'false'
}

// Without a version: a new version of a secret is taken up within a day, at once after a restart.
var secrets = mapValues(vaultSettings, secret => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secret})')

resource site 'Microsoft.Web/sites@2024-11-01' existing = {
  name: siteName

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(host, scheduler, contacts, budgets, app, secrets)
  }
}

@description('Where people reach the pages.')
output siteUrl string = empty(siteUrl) ? 'https://${site.properties.defaultHostName}' : siteUrl
