// A private DNS zone, answered in the virtual network.

@description('Name of the zone, as Private Link prescribes it.')
param name string
@description('Tags of the environment.')
param tags object
@description('Resource id of the virtual network.')
param networkId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
}

@description('Resource id, for the endpoints.')
output id string = zone.id
