# A Microsoft 365 organisation in memory: as much of Exchange Online and Microsoft Graph as Register-PrivacyMailbox.ps1 calls, with
# the same parameters and properties. Like the real ones, these commands do not see the caller's preferences, and their errors
# do not end the caller unless it says -ErrorAction Stop.
Set-StrictMode -Version 3.0
$script:Tenant = $null
$script:Log = [System.Collections.Generic.List[string]]::new()

function Set-FakeTenant([Parameter(Mandatory)] $Tenant) {
    $script:Tenant = $Tenant
    $script:Log.Clear()
}

function Get-FakeTenant { $script:Tenant }

# Every command that changed something, in order, since it was last asked.
function Get-FakeLog {
    $script:Log.ToArray()
    $script:Log.Clear()
}

function Find-One([string] $List, [string] $Identity, [string[]] $By) {
    @($script:Tenant[$List] | Where-Object { $item = $_; @($By | Where-Object { $item.$_ -eq $Identity }).Count -gt 0 })
}

function Test-Filter([string] $Filter, $Mailbox) {
    # The conditions that the tests use, joined by -or.
    foreach ($condition in $Filter -split '\s+-or\s+') {
        if ($condition -notmatch "^\s*\(?(\w+) -eq '([^']+)'\)?\s*$") { throw "The fake does not understand the filter $Filter." }
        $name, $value = $Matches[1], $Matches[2]
        # As Exchange does: a filter on the primary address searches all of them.
        if ($name -eq 'PrimarySmtpAddress' -or $name -eq 'EmailAddresses') { if ($Mailbox.EmailAddresses -contains "smtp:$value") { return $true } }
        elseif ($Mailbox.$name -eq $value) { return $true }
    }
    $false
}

function Get-ConnectionInformation { [CmdletBinding()] param() $script:Tenant.Exchange }
function Get-MgContext { [CmdletBinding()] param() $script:Tenant.Graph }

function Invoke-MgGraphRequest {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [ValidateSet('GET')] [string] $Method, [Parameter(Mandatory)] [string] $Uri, [ValidateSet('PSObject')] [string] $OutputType)
    if ($Uri -notmatch '^v1\.0/servicePrincipals/([0-9a-f-]+)(/appRoleAssignments)?(\?.*)?$') { throw "The fake has nothing at $Uri." }
    $identity = Find-One 'Identities' $Matches[1] 'id'
    if (-not $identity) { Write-Error 'Response status code does not indicate success: NotFound (Not Found).'; return }
    if (-not $Matches.ContainsKey(2)) { return [pscustomobject] $identity[0] }
    # One grant a page, so that the pages are followed.
    $grants = @($script:Tenant.Grants)
    $skip = if ($Uri -match 'skip=(\d+)') { [int] $Matches[1] } else { 0 }
    $page = @{ value = @($grants | Select-Object -Skip $skip -First 1) }
    if ($grants.Count -gt $skip + 1) { $page['@odata.nextLink'] = "v1.0/servicePrincipals/$($identity[0].id)/appRoleAssignments?`$skip=$($skip + 1)" }
    [pscustomobject] $page
}

function Get-Mailbox {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $Identity)
    $found = @(Find-One 'Mailboxes' $Identity 'Guid', 'PrimarySmtpAddress', 'Alias', 'DisplayName') + @($script:Tenant.Mailboxes | Where-Object { $_.EmailAddresses -contains "smtp:$Identity" -and $_.PrimarySmtpAddress -ne $Identity })
    if (-not $found) { Write-Error "The operation couldn't be performed because object '$Identity' couldn't be found." }
    $found
}

function Get-Recipient {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $RecipientPreviewFilter, [int] $ResultSize)
    $script:Tenant.Mailboxes | Where-Object { Test-Filter $RecipientPreviewFilter $_ } | Select-Object -First $ResultSize
}

function Get-ServicePrincipal { [CmdletBinding()] param() $script:Tenant.ServicePrincipals }

function New-ServicePrincipal {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $AppId, [Parameter(Mandatory)] [string] $ObjectId, [string] $DisplayName)
    if (-not (Find-One 'Identities' $ObjectId 'id')) { Write-Error 'No such service principal in Microsoft Entra ID.'; return }
    if (Find-One 'ServicePrincipals' $AppId 'AppId') { Write-Error 'The service principal exists.'; return }
    $script:Log.Add("New-ServicePrincipal $AppId $ObjectId")
    $made = [pscustomobject]@{ DisplayName = $DisplayName; AppId = $AppId; ObjectId = $ObjectId }
    $script:Tenant.ServicePrincipals += $made
    $made
}

function Remove-ServicePrincipal {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Identity)
    if (-not (Find-One 'ServicePrincipals' $Identity 'AppId', 'ObjectId', 'DisplayName')) { Write-Error "'$Identity' couldn't be found."; return }
    $script:Log.Add("Remove-ServicePrincipal $Identity")
    $script:Tenant.ServicePrincipals = @($script:Tenant.ServicePrincipals | Where-Object { $_.AppId -ne $Identity -and $_.ObjectId -ne $Identity })
    $script:Tenant.Assignments = @($script:Tenant.Assignments | Where-Object RoleAssignee -NE $Identity)
}

function Get-ManagementScope { [CmdletBinding()] param() $script:Tenant.Scopes }

function New-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [ValidateLength(1, 64)] [string] $Name, [Parameter(Mandatory)] [string] $RecipientRestrictionFilter)
    if (Find-One 'Scopes' $Name 'Name') { Write-Error "The scope '$Name' exists."; return }
    $script:Log.Add("New-ManagementScope $Name")
    $script:Tenant.Scopes += [pscustomobject]@{ Name = $Name; RecipientFilter = "($RecipientRestrictionFilter)"; Exclusive = $false }
}

function Remove-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Identity)
    if (Find-One 'Assignments' $Identity 'CustomResourceScope') { Write-Error "The scope '$Identity' is in use."; return }
    $script:Log.Add("Remove-ManagementScope $Identity")
    $script:Tenant.Scopes = @($script:Tenant.Scopes | Where-Object Name -NE $Identity)
}

function Get-ManagementRoleAssignment {
    [CmdletBinding()] param([Parameter(Mandatory)] [string] $RoleAssignee)
    if (-not (Find-One 'ServicePrincipals' $RoleAssignee 'ObjectId')) { Write-Error "'$RoleAssignee' couldn't be found."; return }
    Find-One 'Assignments' $RoleAssignee 'RoleAssignee'
}

function New-ManagementRoleAssignment {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [ValidateLength(1, 64)] [string] $Name, [Parameter(Mandatory)] [string] $App, [Parameter(Mandatory)] [string] $Role, [string] $CustomResourceScope)
    if (-not (Find-One 'ServicePrincipals' $App 'ObjectId', 'AppId')) { Write-Error "'$App' couldn't be found."; return }
    if ($CustomResourceScope -and -not (Find-One 'Scopes' $CustomResourceScope 'Name')) { Write-Error "The scope '$CustomResourceScope' couldn't be found."; return }
    if ($script:Tenant['Broken'] -eq $Role) { Write-Error "Exchange is busy."; return }
    $script:Log.Add("New-ManagementRoleAssignment $Role")
    $script:Tenant.Assignments += [pscustomobject]@{ Name = $Name; Role = $Role; RoleAssignee = $App; CustomResourceScope = $CustomResourceScope; RecipientWriteScope = $(if ($CustomResourceScope) { 'CustomRecipientScope' } else { 'Organization' }) }
}

function Remove-ManagementRoleAssignment {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Identity)
    if (-not (Find-One 'Assignments' $Identity 'Name')) { Write-Error "'$Identity' couldn't be found."; return }
    $script:Log.Add("Remove-ManagementRoleAssignment $Identity")
    $script:Tenant.Assignments = @($script:Tenant.Assignments | Where-Object Name -NE $Identity)
}

function Test-ServicePrincipalAuthorization {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Identity, [string] $Resource)
    $mailbox = @(Get-Mailbox $Resource)[0]
    $late = $script:Tenant['Late'] -gt 0
    if ($late) { $script:Tenant['Late']-- }
    foreach ($assignment in Find-One 'Assignments' $Identity 'RoleAssignee') {
        $scope = @(Find-One 'Scopes' $assignment.CustomResourceScope 'Name')
        $inScope = if (-not $scope) { $true } else { (Test-Filter $scope[0].RecipientFilter $mailbox) -and -not $late -and $script:Tenant['Denied'] -ne $assignment.Role }
        if ($script:Tenant['Leaking'] -eq $assignment.Role) { $inScope = $true }
        [pscustomobject]@{
            RoleName             = $assignment.Role
            GrantedPermissions   = $assignment.Role -replace '^Application '
            AllowedResourceScope = $(if ($scope) { $assignment.CustomResourceScope } else { 'Organization' })
            ScopeType            = $assignment.RecipientWriteScope
            InScope              = "$inScope"
        }
    }
}

Export-ModuleMember -Function *-Fake*, *-Mg*, Get-ConnectionInformation, *-Mailbox, *-Recipient, *-ServicePrincipal, *-ManagementScope, *-ManagementRoleAssignment, Test-ServicePrincipalAuthorization
