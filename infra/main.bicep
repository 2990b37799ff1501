// Spectrum.PrivacyFlows on Azure: everything that is made, from one file. infra/README.md has it in tables.
targetScope = 'subscription'

import { mailboxType, officerType, contactsType, budgetsType, deliveryType } from 'modules/app/settings.bicep'

// ---- Where ----
@description('Name of the environment (azd: AZURE_ENV_NAME), as in privacy-prod. The resource group is named after it, and every other name derives from it.')
@minLength(1)
@maxLength(64)
param environmentName string
@description('Region of everything: one that has Flex Consumption and, for the scheduler, Durable Task Scheduler, as uksouth.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string
@description('private: data services are reached in a virtual network only, and the app has one fixed outbound address. public: they answer on the internet, to identities with a role.')
@allowed(['public', 'private'])
param network string = 'public'
@description('Address space of the virtual network (private only), a /24 or larger that overlaps with nothing it will be peered with.')
param addressSpace string = '10.83.0.0/24'
@description('Copies of cases and evidence: LRS in one building, ZRS in three, GZRS in three and in a second region.')
@allowed(['LRS', 'ZRS', 'GZRS'])
param redundancy string = 'GZRS'

// ---- Who ----
@description('Mailbox that requests come to and letters go from.')
@minLength(3)
@maxLength(254)
param mailboxAddress string
@description('Name that letters come from.')
@minLength(1)
@maxLength(100)
param mailboxName string
@description('Leave mail alone that arrived before this moment (ISO 8601): for a mailbox in use. Empty: take all.')
param mailboxSince string = ''
@description('The privacy officer, who decides.')
@minLength(3)
@maxLength(254)
param officerAddress string
@description('Who hears of a case on its due date.')
@minLength(3)
@maxLength(254)
param escalationAddress string
@description('Who hears of alerts: those who run the system.')
@minLength(3)
@maxLength(254)
param alertAddress string

@description('Whom letters, pages and bundles name, where it is not who the policy names: settings Controller__… and Regulator__… (docs/settings.md).')
param contacts contactsType = {}
@description('How much mail makes cases and letters in a day, where it is not the usual: settings Budgets__… (docs/settings.md).')
param budgets budgetsType = {}

// ---- What ----
@description('Custom domain, as https://privacy.example.org; empty for the function app\'s own host name.')
param siteUrl string = ''
@description('Where orchestrations are kept: Durable Task Scheduler, or queues and tables of the host\'s storage account. The package must be built for the same one.')
@allowed(['scheduler', 'storage'])
param durableBackend string = 'scheduler'
@description('Consumption is paid per action; Dedicated by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'
@description('Days that a download link works.')
@minValue(1)
@maxValue(30)
param linkDays int = 7
@description('How often a file may be fetched from its start.')
@minValue(1)
@maxValue(20)
param maxDownloads int = 5
@description('Systems of record: name of the setting (as the data map in functions/DataMap names it, with __) to name of the secret in the vault that holds the connection.')
param systems object = loadJsonContent('systems.json')
@description('Microsoft Graph; another address only in a national cloud.')
param graphBaseUrl string = 'https://graph.microsoft.com/v1.0'
@description('Seconds that one request to Graph may take.')
@minValue(1)
@maxValue(600)
param graphTimeoutSeconds int = 100
@description('Memory of an instance of the app, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048
@description('Most instances of the app at once.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

// ---- Keys and time ----
@description('Raise by one to rotate the key of links (old links go on working), by two to kill every link that is out.')
@minValue(1)
param linksKeyGeneration int = 1
@description('Raise by one for a new suppression key. The old one stays in the vault: entries made with it need it.')
@minValue(1)
param suppressionKeyGeneration int = 1
@description('Days for which evidence can be neither changed nor deleted: six years with two leap days in them, as long as a disputed case is kept (S4).')
@minValue(1)
@maxValue(146000)
param evidenceDays int = 2192
@description('Set to true once the evidence policy has been locked by hand; the template then leaves it alone.')
param evidencePolicyLocked bool = false
@description('Age in days at which staged data and bundles are deleted whatever the app does. More than 90 would break S4, less than 70 the longest ordinary case.')
@minValue(70)
@maxValue(90)
param bundleSafetyDays int = 90
@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 365

// ---- Names: short and from a hash, so that they fit every limit however long the environment's name is ----
var token = toLower(uniqueString(subscription().id, environmentName, location))
var names = {
  identity: 'id-${token}'
  plan: 'plan-${token}'
  site: 'func-${token}'
  scheduler: 'dts-${token}'
  taskHub: 'PrivacyFlows' // as host.json and host.storage.json say
  hostAccount: 'sthost${token}'
  casesAccount: 'stcases${token}'
  bundlesAccount: 'stbundles${token}'
  vault: 'kv-${token}'
  workspace: 'log-${token}'
  insights: 'appi-${token}'
  actionGroup: 'ag-${token}'
  alertPrefix: 'alert-${token}-'
  network: 'vnet-${token}'
  nat: 'nat-${token}'
  endpointPrefix: 'pep-${token}-'
}
var tags = { 'azd-env-name': environmentName }

var isPublic = network == 'public'
var usesScheduler = durableBackend == 'scheduler'

// All that is secret among the settings: setting to secret. The app's identity may read these secrets and no others.
var vaultSettings = union(
  {
    Links__SigningKey: 'links-key-${linksKeyGeneration}'
    Mailbox__ClientState: 'mailbox-client-state'
  },
  linksKeyGeneration > 1 ? { Links__PreviousSigningKey: 'links-key-${linksKeyGeneration - 1}' } : {},
  systems
)
var systemSecretNames = union([], map(items(systems), system => string(system.value)))
var readableSecretNames = union([], map(items(vaultSettings), setting => string(setting.value)))

var mailbox mailboxType = {
  address: mailboxAddress
  name: mailboxName
  since: mailboxSince
  graphBaseUrl: graphBaseUrl
  requestTimeoutSeconds: graphTimeoutSeconds
}
var officer officerType = { address: officerAddress, escalationAddress: escalationAddress }
var delivery deliveryType = { linkDays: linkDays, maxDownloads: maxDownloads }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

// ---- The identity, and where things are kept ----
module identity 'modules/app/identity.bicep' = {
  scope: group
  params: { name: names.identity, location: location, tags: tags }
}

module hostAccount 'modules/storage/host.bicep' = {
  scope: group
  params: {
    name: names.hostAccount
    location: location
    tags: tags
    sku: redundancy == 'LRS' ? 'Standard_LRS' : 'Standard_ZRS'
    isPublic: isPublic
  }
}

module casesAccount 'modules/storage/cases.bicep' = {
  scope: group
  params: {
    name: names.casesAccount
    location: location
    tags: tags
    sku: 'Standard_${redundancy}'
    isPublic: isPublic
    evidenceDays: evidenceDays
    evidencePolicyLocked: evidencePolicyLocked
  }
}

module bundlesAccount 'modules/storage/bundles.bicep' = {
  scope: group
  params: {
    name: names.bundlesAccount
    location: location
    tags: tags
    sku: redundancy == 'LRS' ? 'Standard_LRS' : 'Standard_ZRS'
    isPublic: isPublic
    safetyDays: bundleSafetyDays
  }
}

module vault 'modules/security/vault.bicep' = {
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    isPublic: isPublic
    linksKeyGeneration: linksKeyGeneration
    suppressionKeyGeneration: suppressionKeyGeneration
    systemSecretNames: systemSecretNames
  }
}

module scheduler 'modules/app/scheduler.bicep' = if (usesScheduler) {
  scope: group
  params: {
    name: names.scheduler
    taskHubName: names.taskHub
    location: location
    tags: tags
    sku: schedulerSku
    isPublic: isPublic
  }
}

// ---- Watching ----
module monitoring 'modules/monitoring/monitoring.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    retentionDays: logRetentionDays
    alertAddress: alertAddress
    principalId: identity.outputs.principalId
  }
  dependsOn: [bundlesAccount, casesAccount, vault]
}

// ---- The network (private only) ----
module privateNetwork 'modules/network/network.bicep' = if (!isPublic) {
  scope: group
  params: { name: names.network, natName: names.nat, location: location, tags: tags, addressSpace: addressSpace }
}

module endpoints 'modules/network/endpoints.bicep' = if (!isPublic) {
  scope: group
  params: {
    namePrefix: names.endpointPrefix
    location: location
    tags: tags
    networkId: privateNetwork!.outputs.id
    subnetId: privateNetwork!.outputs.endpointsSubnetId
    hostAccountId: hostAccount.outputs.id
    casesAccountId: casesAccount.outputs.id
    bundlesAccountId: bundlesAccount.outputs.id
    vaultId: vault.outputs.id
    usesScheduler: usesScheduler
    schedulerId: scheduler.?outputs.?id ?? ''
  }
}

// ---- Who may do what: all role assignments, each on one resource ----
module access 'modules/access/access.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    names: names
    usesScheduler: usesScheduler
    readableSecretNames: readableSecretNames
  }
  dependsOn: [hostAccount, casesAccount, bundlesAccount, vault, scheduler, monitoring]
}

// ---- The app ----
module plan 'modules/app/plan.bicep' = {
  scope: group
  params: { name: names.plan, location: location, tags: tags }
}

module site 'modules/app/site.bicep' = {
  scope: group
  params: {
    name: names.site
    location: location
    tags: tags
    planId: plan.outputs.id
    identityId: identity.outputs.id
    packageContainerUrl: hostAccount.outputs.packageContainerUrl
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    subnetId: privateNetwork.?outputs.?appSubnetId ?? ''
  }
  dependsOn: [access, endpoints] // it starts by reading what these let it read
}

module settings 'modules/app/settings.bicep' = {
  scope: group
  params: {
    siteName: names.site
    clientId: identity.outputs.clientId
    hostAccountName: names.hostAccount
    casesBlobUrl: casesAccount.outputs.blobUrl
    casesTableUrl: casesAccount.outputs.tableUrl
    bundlesBlobUrl: bundlesAccount.outputs.blobUrl
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    usesScheduler: usesScheduler
    schedulerEndpoint: scheduler.?outputs.?endpoint ?? ''
    taskHubName: names.taskHub
    siteUrl: siteUrl
    mailbox: mailbox
    officer: officer
    contacts: contacts
    budgets: budgets
    delivery: delivery
    vaultName: names.vault
    vaultSettings: vaultSettings
  }
  dependsOn: [site]
}

// ---- For azd, for infra/exchange, and for whoever runs it ----
@description('Region.')
output AZURE_LOCATION string = location
@description('Resource group.')
output AZURE_RESOURCE_GROUP string = group.name
@description('Function app.')
output AZURE_FUNCTION_NAME string = names.site
@description('Vault, for the connections of the systems of record.')
output AZURE_KEY_VAULT_NAME string = names.vault
@description('Where people reach the pages.')
output APP_URL string = settings.outputs.siteUrl
@description('Client id of the app\'s identity: infra/exchange grants it the mailbox.')
output APP_CLIENT_ID string = identity.outputs.clientId
@description('Object id of the app\'s identity, for infra/exchange.')
output APP_PRINCIPAL_ID string = identity.outputs.principalId
@description('The mailbox, for infra/exchange.')
output APP_MAILBOX string = mailboxAddress
@description('Fixed outbound address, for firewalls of systems of record; empty in the public variant.')
output APP_EGRESS_ADDRESS string = privateNetwork.?outputs.?egressAddress ?? ''
