// To try it out: the cheapest of everything, in one building, logs for a month. Not for people's data.
using '../main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'privacyflows-dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'uksouth')
param mailboxAddress = readEnvironmentVariable('MAILBOX_ADDRESS', 'privacy@example.org')
param mailboxName = readEnvironmentVariable('MAILBOX_NAME', 'Data Privacy (test)')
param officerAddress = readEnvironmentVariable('OFFICER_ADDRESS', 'officer@example.org')
param escalationAddress = readEnvironmentVariable('ESCALATION_ADDRESS', 'director@example.org')
param alertAddress = readEnvironmentVariable('ALERT_ADDRESS', 'operations@example.org')

param redundancy = 'LRS'
param logRetentionDays = 30
// A policy on evidence keeps the account from being deleted while blobs are under it; a day lets a trial be taken down.
param evidenceDays = 1
