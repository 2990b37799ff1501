// The system that people write to: cases and evidence survive the loss of a region, logs are kept a year.
using '../main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'privacyflows-prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'uksouth')
param mailboxAddress = readEnvironmentVariable('MAILBOX_ADDRESS', 'privacy@example.org')
param mailboxName = readEnvironmentVariable('MAILBOX_NAME', 'Data Privacy')
param mailboxSince = readEnvironmentVariable('MAILBOX_SINCE', '')
param officerAddress = readEnvironmentVariable('OFFICER_ADDRESS', 'officer@example.org')
param escalationAddress = readEnvironmentVariable('ESCALATION_ADDRESS', 'director@example.org')
param alertAddress = readEnvironmentVariable('ALERT_ADDRESS', 'operations@example.org')
param siteUrl = readEnvironmentVariable('SITE_URL', '')
param linksKeyGeneration = int(readEnvironmentVariable('LINKS_KEY_GENERATION', '1'))
param suppressionKeyGeneration = int(readEnvironmentVariable('SUPPRESSION_KEY_GENERATION', '1'))

param redundancy = 'GZRS'
param logRetentionDays = 365
