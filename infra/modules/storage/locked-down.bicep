// What holds of all three storage accounts, so that it is said once.

@export()
@description('Properties of an account that only an identity with a role can reach, over TLS, and in the private variant only from the virtual network.')
func lockedDown(isPublic bool) object => {
  accessTier: 'Hot'
  // No key opens the account and no link is signed with one: whoever reads, signs in, and is in the log by name.
  allowSharedKeyAccess: false
  defaultToOAuthAuthentication: true
  isLocalUserEnabled: false
  isSftpEnabled: false
  // Nothing is ever public, and nothing is copied or replicated to another organisation.
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  allowedCopyScope: 'AAD'
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
  publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
  networkAcls: {
    bypass: 'None'
    defaultAction: isPublic ? 'Allow' : 'Deny'
  }
}
