// The page for the officer's manager: how many requests are open, due and overdue, how long they take, by right. Counts
// and medians; nobody's data.

@description('Region.')
param location string
@description('Tags of the environment.')
param tags object
@description('Resource id of the workspace that the queries read.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'overview') // a workbook's name must be a GUID
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Privacy requests'
    description: 'Open, due, overdue, and how long answers take.'
    category: 'workbook'
    sourceId: workspaceId
    version: 'Notebook/1.0'
    serializedData: replace(loadTextContent('workbook.json'), '__WORKSPACE__', workspaceId)
  }
}
