// The private endpoints of the private variant: exactly the services that the app uses.

@description('Beginning of the endpoints\' names.')
param namePrefix string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Resource id of the virtual network.')
param networkId string
@description('Subnet of the private endpoints.')
param subnetId string
@description('Storage account of the host.')
param hostAccountId string
@description('Storage account of cases and evidence.')
param casesAccountId string
@description('Storage account of staged data and bundles.')
param bundlesAccountId string
@description('The vault.')
param vaultId string
@description('Whether orchestrations are kept by Durable Task Scheduler.')
param usesScheduler bool
@description('The scheduler; empty with durableBackend \'storage\'.')
param schedulerId string

// The host needs blobs; queues and tables only where Durable Functions keeps orchestrations in them.
var targets = concat(
  [
    { name: 'host-blob', id: hostAccountId, service: 'blob' }
    { name: 'cases-blob', id: casesAccountId, service: 'blob' }
    { name: 'cases-table', id: casesAccountId, service: 'table' }
    { name: 'bundles-blob', id: bundlesAccountId, service: 'blob' }
    { name: 'vault', id: vaultId, service: 'vault' }
  ],
  usesScheduler
    ? [{ name: 'scheduler', id: schedulerId, service: 'scheduler' }]
    : [
        { name: 'host-queue', id: hostAccountId, service: 'queue' }
        { name: 'host-table', id: hostAccountId, service: 'table' }
      ]
)

var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
  scheduler: 'privatelink.durabletask.io'
}
var services = concat(['blob', 'table', 'vault'], usesScheduler ? ['scheduler'] : ['queue'])

module zones 'dns-zone.bicep' = [
  for service in services: {
    params: {
      name: zoneNames[service]
      tags: tags
      networkId: networkId
    }
  }
]

// One after the other: an account refuses a second change while the first is under way.
@batchSize(1)
module endpoints 'endpoint.bicep' = [
  for target in targets: {
    params: {
      name: '${namePrefix}${target.name}'
      location: location
      tags: tags
      subnetId: subnetId
      targetId: target.id
      service: target.service
      zoneId: zones[indexOf(services, target.service)].outputs.id
    }
  }
]
