// Puts the connection of a system of record into the vault, with the rights of whoever provisions and nobody's right to
// read it. The value is asked for at the prompt and is in no file, no history and no log:
//   az deployment group create -g <resource group> -f infra/secret.bicep -p vaultName=<vault> secretName=systems-crm

@description('Name of the vault.')
param vaultName string
@description('Name of the secret, as systems.json says.')
@minLength(1)
@maxLength(127)
param secretName string
@description('The connection.')
@secure()
@minLength(1)
param value string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = {
  parent: vault
  name: secretName
  properties: {
    contentType: 'connection of a system of record'
    value: value
  }
}
