// The virtual network of the private variant: the app leaves through it, the data services are reached in it, and what
// goes to the internet (Microsoft Graph, systems of record elsewhere) goes from one fixed address.

@description('Name of the virtual network.')
param name string
@description('Name of the NAT gateway.')
param natName string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Address space, a /24 or larger.')
param addressSpace string

resource address 'Microsoft.Network/publicIPAddresses@2024-10-01' = {
  name: natName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource nat 'Microsoft.Network/natGateways@2024-10-01' = {
  name: natName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: address.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-10-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressSpace]
    }
    // Within the network and not as resources of their own: provisioning again would take away subnets it does not list.
    subnets: [
      {
        // Flex Consumption wants its own subnet, delegated, with no underscore in its name; a /26 carries 40 instances.
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 0)
          defaultOutboundAccess: false
          natGateway: {
            id: nat.id
          }
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 1)
          defaultOutboundAccess: false
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }
  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

@description('Resource id of the network, for DNS.')
output id string = network.id
@description('Subnet that the app leaves through.')
output appSubnetId string = network::app.id
@description('Subnet of the private endpoints.')
output endpointsSubnetId string = network::endpoints.id
@description('Fixed address of what goes to the internet, for the firewalls of systems of record.')
output egressAddress string = address.properties.ipAddress
