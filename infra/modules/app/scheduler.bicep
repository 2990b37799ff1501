// Durable Task Scheduler: keeps the orchestrations. Made only when durableBackend is 'scheduler'. Histories carry case
// numbers and counts, never personal data.

@description('Name of the scheduler.')
@minLength(3)
@maxLength(64)
param name string
@description('Name of the task hub, as host.json says.')
param taskHubName string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Consumption is paid per action; Dedicated by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param sku string
@description('Whether the scheduler answers on the public network (it always asks for an identity with a role).')
param isPublic bool

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // One unit is the smallest; Consumption has none.
    sku: sku == 'Dedicated' ? { name: sku, capacity: 1 } : { name: sku }
    // An empty list lets nobody in. Flex Consumption has no fixed outbound address without a virtual network, and with
    // one, the private endpoint is the way in, so the list is open and publicNetworkAccess decides.
    ipAllowlist: ['0.0.0.0/0']
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
  }

  resource taskHub 'taskHubs' = {
    name: taskHubName
    properties: {}
  }
}

@description('Resource id, for the private endpoint.')
output id string = scheduler.id
@description('Address for the connection string, which holds no secret.')
output endpoint string = scheduler.properties.endpoint
