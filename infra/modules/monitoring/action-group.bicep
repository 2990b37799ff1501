// Who hears of an alert.

@description('Name of the action group.')
param name string
@description('Tags of the environment.')
param tags object
@description('Address that alerts go to.')
param alertAddress string

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'privacyflows' // at most 12 characters
    enabled: true
    emailReceivers: [
      {
        name: 'operations'
        emailAddress: alertAddress
        useCommonAlertSchema: true
      }
    ]
  }
}

@description('Resource id, for the rules.')
output id string = actionGroup.id
