// One private endpoint, and the DNS zone that makes the service's ordinary name lead to it.

@description('Name of the private endpoint.')
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Subnet of the private endpoints.')
param subnetId string
@description('Resource that is reached.')
param targetId string
@description('Which of its services, as Private Link names it.')
param service string
@description('Resource id of the service\'s private DNS zone.')
param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2024-10-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: name
        properties: {
          privateLinkServiceId: targetId
          groupIds: [service]
        }
      }
    ]
  }

  resource dns 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: {
            privateDnsZoneId: zoneId
          }
        }
      ]
    }
  }
}
