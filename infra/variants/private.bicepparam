// As prod, with storage and vault reachable in a virtual network only, and one fixed outbound address. Orchestrations are
// in the host's storage account: how Flex Consumption scales on queues behind private endpoints is documented, how it
// does on a scheduler behind one is not yet. Build with DURABLE_BACKEND=storage.
using '../main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'privacyflows-private')
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

param network = 'private'
param durableBackend = 'storage'
param redundancy = 'GZRS'
param logRetentionDays = 365
