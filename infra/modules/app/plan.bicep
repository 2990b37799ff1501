// The plan: Flex Consumption, Linux, pay per use, scales to nothing between the minutes.

@description('Name of the plan.')
param name string
@description('Region.')
param location string
@description('Tags of the environment.')
param tags object

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true // Linux
  }
}

@description('Resource id, for the function app.')
output id string = plan.id
