// The alerts that matter. Queries are in infra/alerts, one file each; docs/operations.md says what to do about each.

import { ruleType } from 'alert.bicep'

@description('Beginning of the rules\' names.')
param namePrefix string
@description('Region of the workspace.')
param location string
@description('Tags of the environment.')
param tags object
@description('Resource id of the workspace.')
param workspaceId string
@description('Resource id of the action group.')
param actionGroupId string
@description('Name of the account of staged data and bundles.')
param bundlesAccountName string
@description('Object id of the app\'s identity, the only one that has business with bundles.')
param principalId string

// Windows are longer than the pause between evaluations, since a row may take some minutes to come in.
var rules { *: ruleType } = {
  'case-due': {
    title: 'A case is due within 3 days and not decided'
    description: 'The law\'s month is about to end. The officer has had reminders; reach them, or the one who stands in.'
    severity: 1
    query: loadTextContent('../../alerts/case-due.kql')
    window: 'PT1H'
    every: 'PT15M'
    by: 'CaseId'
    resolves: true
  }
  'case-stopped': {
    title: 'A case has stopped'
    description: 'Its orchestration failed or stands still. The officer has a letter with a link to go on; every step finds what is done.'
    severity: 1
    query: loadTextContent('../../alerts/case-stopped.kql')
    window: 'PT2H'
    every: 'PT30M'
    by: 'CaseId'
    resolves: true
  }
  'system-down': {
    title: 'A system of record has been down for a day'
    description: 'Nothing can be collected from it, and cases that need it wait while their month runs.'
    severity: 2
    query: loadTextContent('../../alerts/system-down.kql')
    window: 'P1D'
    every: 'PT1H'
    by: 'System'
    resolves: true
  }
  'intake-silent': {
    title: 'No mail has been looked for in 15 minutes'
    description: 'The app is down, or cannot reach the mailbox. Requests lie in the inbox, and their month has begun. Expected between the first provisioning and the first deployment.'
    severity: 1
    query: loadTextContent('../../alerts/intake-silent.kql')
    window: 'PT15M'
    every: 'PT5M'
    by: ''
    resolves: true
  }
  'subscription-lapsed': {
    title: 'The mailbox has had no subscription for an hour'
    description: 'Mail is still swept each minute, but Graph does not notify the app. Mostly a right that was taken away in Exchange, or an address that Graph cannot reach.'
    severity: 2
    query: loadTextContent('../../alerts/subscription-lapsed.kql')
    window: 'PT1H'
    every: 'PT15M'
    by: ''
    resolves: true
  }
  'evidence-broken': {
    title: 'The record of a case does not verify'
    description: 'A line was changed, removed or added outside the app, or an anchor is missing. Treat it as an incident: touch nothing, save the logs.'
    severity: 0
    query: loadTextContent('../../alerts/evidence-broken.kql')
    window: 'PT2H'
    every: 'PT30M'
    by: 'CaseId'
    resolves: false
  }
  'delivery-failing': {
    title: 'Letters cannot be sent'
    description: 'Acknowledgements, answers or codes do not leave. Most often the mailbox is full or throttled, or a right in Exchange was taken away.'
    severity: 1
    query: loadTextContent('../../alerts/delivery-failing.kql')
    window: 'PT1H'
    every: 'PT15M'
    by: 'Letter'
    resolves: true
  }
  'backup-missing': {
    title: 'The tables have not been copied for a day'
    description: 'Without a copy, cases that somebody deletes by mistake cannot be had back. Expected until the first night after the first deployment.'
    severity: 2
    query: loadTextContent('../../alerts/backup-missing.kql')
    window: 'P2D'
    every: 'PT1H'
    by: ''
    resolves: true
  }
  'bundle-read': {
    title: 'Somebody other than the app has read a bundle'
    description: 'Bundles are copies of people\'s data; nobody but the app has a right to them. Find out who and why: it may be a personal data breach, with 72 hours to report it.'
    severity: 0
    query: replace(
      replace(loadTextContent('../../alerts/bundle-read.kql'), '__BUNDLES_ACCOUNT__', bundlesAccountName),
      '__APP_PRINCIPAL__',
      principalId
    )
    window: 'PT2H'
    every: 'PT30M'
    by: ''
    resolves: false
  }
}

module alert 'alert.bicep' = [
  for rule in items(rules): {
    params: {
      name: '${namePrefix}${rule.key}'
      location: location
      tags: tags
      workspaceId: workspaceId
      actionGroupId: actionGroupId
      rule: rule.value
    }
  }
]
