// One rule: a query that answers with a row for each thing that is wrong, and with none when all is well.

@description('Name of the rule.')
param name string
@description('Region of the workspace.')
param location string
@description('Tags of the environment.')
param tags object
@description('Resource id of the workspace.')
param workspaceId string
@description('Resource id of the action group.')
param actionGroupId string
@description('The rule.')
param rule ruleType

@export()
type ruleType = {
  @description('What the alert says.')
  title: string
  @description('What it means and what to do.')
  description: string
  @description('0 critical, 1 error, 2 warning.')
  severity: 0 | 1 | 2
  @description('The query, in KQL.')
  query: string
  @description('How far back the query looks.')
  window: string
  @description('How often it is asked.')
  every: string
  @description('Column that tells one trouble from another, each with its own alert; empty for one alert in all.')
  by: string
  @description('Whether the alert ends by itself when the query answers with nothing. False: a person closes it.')
  resolves: bool
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.title
    description: rule.description
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    windowSize: rule.window
    evaluationFrequency: rule.every
    // The rules are made minutes after the workspace, before the first row of any kind has come in.
    skipQueryValidation: true
    autoMitigate: rule.resolves
    // What a person has to close would be sent again with every evaluation; once a day is a reminder.
    muteActionsDuration: rule.resolves ? null : 'P1D'
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: empty(rule.by)
            ? []
            : [
                {
                  name: rule.by
                  operator: 'Include'
                  values: ['*']
                }
              ]
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [actionGroupId]
    }
  }
}
