#Requires -Version 7.4

<#
.SYNOPSIS
Gives the app's managed identity one mailbox of Exchange Online, to read, write and send from, and nothing else.

.DESCRIPTION
Uses RBAC for Applications: a pointer to the identity, a management scope that matches exactly one mailbox, and the roles
"Application Mail.ReadWrite" and "Application Mail.Send" within that scope. Then it asks Exchange whether that is what came of it.

Refuses, before it changes anything, where the identity holds more already: a mail permission for the whole organisation in
Microsoft Entra ID, or other roles in Exchange. Such grants add up, so that the scope would bound nothing.

It is safe to run again: what is there stays, and it says so. With -WhatIf it changes nothing and says what it would do.
It needs a session of Exchange Online as a member of Organization Management, and one of Microsoft Graph with Application.Read.All;
where one is missing it says what to run. Removing needs the session of Exchange Online only.

Objects come out: one for each part (Part, Name, State) and one for each authorisation that was tested (Mailbox, Role, InScope, Expected, Passed).
Exit codes: 0 done; 1 an unexpected error; 2 a session, a module, a right or a mailbox is missing; 3 refused, as the identity
or the scope is not as it must be; 4 the test of the authorisation failed.

.PARAMETER AppId
The identity's client id (application id), as the app's setting AZURE_CLIENT_ID has it.

.PARAMETER ServicePrincipalObjectId
The object id of the identity's service principal (its principal id). Not the object id of an app registration.

.PARAMETER Mailbox
An address of the mailbox to which privacy requests are sent, as the app's setting Mailbox__Address has it.

.PARAMETER OtherMailbox
An address of any other mailbox, to prove that the app is refused there.

.PARAMETER DisplayName
The name under which Exchange lists the identity.

.PARAMETER IncludeMailRead
Also assigns "Application Mail.Read" within the scope. Only for where Graph refuses the subscription to new mail with the two roles
(see the README); the app works without. Once it is there, later runs keep it without this switch.

.PARAMETER WaitSeconds
How long to wait until Exchange shows what has just been made, in seconds.

.PARAMETER Remove
Takes the roles, the scope and the pointer away again. Nothing of the mailbox itself is touched.

.EXAMPLE
./Register-PrivacyMailbox.ps1 -AppId $clientId -ServicePrincipalObjectId $principalId -Mailbox privacy@contoso.com -WhatIf

Says what would be made.

.EXAMPLE
./Register-PrivacyMailbox.ps1 -AppId $clientId -ServicePrincipalObjectId $principalId -Mailbox privacy@contoso.com -OtherMailbox finance@contoso.com

Registers the app and proves that it has the one mailbox and not the other.

.EXAMPLE
./Register-PrivacyMailbox.ps1 -AppId $clientId -ServicePrincipalObjectId $principalId -Remove

Switches the app's access off.

.LINK
https://learn.microsoft.com/exchange/permissions-exo/application-rbac
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', DefaultParameterSetName = 'Register')]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory)] [guid] $AppId,
    [Parameter(Mandatory)] [guid] $ServicePrincipalObjectId,
    [Parameter(Mandatory, ParameterSetName = 'Register')] [ValidatePattern('^[^@\s'']+@[^@\s'']+$')] [string] $Mailbox,
    [Parameter(ParameterSetName = 'Register')] [ValidatePattern('^[^@\s'']+@[^@\s'']+$')] [string] $OtherMailbox,
    [Parameter(ParameterSetName = 'Register')] [ValidateLength(1, 64)] [string] $DisplayName = 'PrivacyFlows',
    [Parameter(ParameterSetName = 'Register')] [switch] $IncludeMailRead,
    [Parameter(ParameterSetName = 'Register')] [ValidateRange(0, 600)] [int] $WaitSeconds = 60,
    [Parameter(Mandatory, ParameterSetName = 'Remove')] [switch] $Remove
)

Set-StrictMode -Version 3.0
# Commands of a module do not see this, so every call of theirs has -ErrorAction Stop of its own.
$ErrorActionPreference = 'Stop'

$Missing = 2
$Refused = 3
$TestFailed = 4

# Named after the client id, which never changes, and not after an address, which may. Exchange allows 64 characters.
$ScopeName = "PrivacyFlows $AppId"
$AssignmentNames = [ordered]@{
    'Application Mail.ReadWrite' = "PrivacyFlows ReadWrite $AppId"
    'Application Mail.Send'      = "PrivacyFlows Send $AppId"
}

# Reading is part of Mail.ReadWrite, so this adds nothing to what the app may do.
$MailRead = 'Application Mail.Read'
$MailReadName = "PrivacyFlows Read $AppId"

$GraphAppId = '00000003-0000-0000-c000-000000000000'
$ExchangeAppId = '00000002-0000-0ff1-ce00-000000000000'
# Mail in every mailbox of the organisation, and what a holder could use to grant itself that.
$GraphMailRoles = '^(Mail|Mail-Advanced|MailboxSettings|MailboxFolder|MailboxItem|MailboxConfigItem|SMTP|IMAP|POP|EWS)\.|^full_access'
$GraphGrantingRoles = '^(AppRoleAssignment\.ReadWrite\.All|Application\.ReadWrite\.All|RoleManagement\.ReadWrite\.(Directory|Exchange))$'

function Stop-Script([int] $ExitCode, [string] $Message) {
    $problem = [InvalidOperationException]::new($Message)
    $problem.Data['ExitCode'] = $ExitCode
    throw $problem
}

function Write-Line([string] $Text) {
    Write-Information $Text -InformationAction Continue
}

function New-Part([string] $Part, [string] $Name, [string] $State) {
    [pscustomobject]@{ Part = $Part; Name = $Name; State = $State }
}

# Exchange leaves properties out that have no value, which strict mode would take for a mistake.
function Get-Value($Of, [string] $Name) {
    $property = $Of.PSObject.Properties[$Name]
    if ($null -eq $property -or $null -eq $property.Value) { '' } else { [string] $property.Value }
}

function Assert-Command([string[]] $Name, [string] $Otherwise) {
    $absent = @($Name | Where-Object { -not (Get-Command $_ -ErrorAction Ignore) })
    if ($absent) { Stop-Script $Missing "$($absent -join ', ') cannot be found. $Otherwise" }
}

# Returns the id of the organisation.
function Assert-Exchange {
    Assert-Command 'Get-ConnectionInformation' 'Run: Install-Module ExchangeOnlineManagement -Scope CurrentUser; Connect-ExchangeOnline'
    $session = @(Get-ConnectionInformation -ErrorAction Stop | Where-Object { (Get-Value $_ 'State') -eq 'Connected' -and (Get-Value $_ 'TokenStatus') -ne 'Expired' -and (Get-Value $_ 'IsEopSession') -ne 'True' })
    if (-not $session) { Stop-Script $Missing 'There is no session of Exchange Online. Run: Connect-ExchangeOnline' }
    $organisations = @($session | ForEach-Object { Get-Value $_ 'TenantID' } | Sort-Object -Unique)
    if ($organisations.Count -gt 1) { Stop-Script $Missing 'There are sessions of several organisations. Run: Disconnect-ExchangeOnline; Connect-ExchangeOnline' }
    # A session brings only the commands that its account may run.
    Assert-Command @(
        'Get-Mailbox', 'Get-Recipient', 'Get-ServicePrincipal', 'New-ServicePrincipal', 'Remove-ServicePrincipal',
        'Get-ManagementScope', 'New-ManagementScope', 'Remove-ManagementScope',
        'Get-ManagementRoleAssignment', 'New-ManagementRoleAssignment', 'Remove-ManagementRoleAssignment', 'Test-ServicePrincipalAuthorization'
    ) 'The account of the session lacks the right. It has to be a member of the role group Organization Management; then run Connect-ExchangeOnline again.'
    $organisations[0]
}

function Assert-Graph([string] $Organisation) {
    Assert-Command 'Get-MgContext', 'Invoke-MgGraphRequest' 'Run: Install-Module Microsoft.Graph.Authentication -Scope CurrentUser; Connect-MgGraph -Scopes Application.Read.All'
    $context = Get-MgContext -ErrorAction Stop
    if (-not $context) { Stop-Script $Missing 'There is no session of Microsoft Graph. Run: Connect-MgGraph -Scopes Application.Read.All' }
    if ((Get-Value $context 'TenantId') -ne $Organisation) {
        Stop-Script $Missing "Microsoft Graph is connected to another organisation ($($context.TenantId)) than Exchange Online ($Organisation). Run: Connect-MgGraph -Scopes Application.Read.All -TenantId $Organisation"
    }
}

function Get-FromGraph([string] $Uri) {
    Invoke-MgGraphRequest -Method GET -Uri $Uri -OutputType PSObject -ErrorAction Stop
}

function Assert-Identity {
    try { $identity = Get-FromGraph "v1.0/servicePrincipals/${ServicePrincipalObjectId}?`$select=id,appId,displayName,servicePrincipalType" }
    catch { Stop-Script $Missing "Microsoft Entra ID shows no service principal with the object id $ServicePrincipalObjectId ($($_.Exception.Message)). An app registration has another object id; see Enterprise applications." }
    if ([guid] $identity.appId -ne $AppId) { Stop-Script $Missing "The service principal $ServicePrincipalObjectId has the client id $($identity.appId), not $AppId." }
    if ((Get-Value $identity 'servicePrincipalType') -ne 'ManagedIdentity') { Write-Warning 'This is no managed identity: whoever has its secret or certificate can use it from anywhere.' }
}

function Get-EntraGrant {
    $uri = "v1.0/servicePrincipals/$ServicePrincipalObjectId/appRoleAssignments"
    $resources = @{}
    while ($uri) {
        $page = Get-FromGraph $uri
        foreach ($grant in $page.value) {
            if (-not $resources.ContainsKey($grant.resourceId)) {
                $resources[$grant.resourceId] = Get-FromGraph "v1.0/servicePrincipals/$($grant.resourceId)?`$select=id,appId,displayName,appRoles"
            }
            $resource = $resources[$grant.resourceId]
            $role = @($resource.appRoles | Where-Object id -EQ $grant.appRoleId)
            # A role that its resource no longer lists cannot be judged by its name; its id stands for it.
            $value = if ($role) { $role[0].value } else { $grant.appRoleId }
            [pscustomobject]@{ Id = $grant.id; Value = $value; Resource = $resource.displayName; ResourceAppId = $resource.appId; Known = [bool] $role }
        }
        $uri = Get-Value $page '@odata.nextLink'
    }
}

function Test-Dangerous($Grant) {
    switch ($Grant.ResourceAppId) {
        # The app uses nothing of Exchange's own API, so whatever is granted there is too much.
        $ExchangeAppId { $true }
        $GraphAppId { -not $Grant.Known -or $Grant.Value -match $GraphMailRoles -or $Grant.Value -match $GraphGrantingRoles }
        default { $false }
    }
}

function Assert-NoEntraGrant {
    $grants = @(Get-EntraGrant)
    $dangerous = @($grants | Where-Object { Test-Dangerous $_ })
    if ($dangerous) {
        $lines = $dangerous | ForEach-Object {
            "  $($_.Value) on $($_.Resource). To remove it: Connect-MgGraph -Scopes AppRoleAssignment.ReadWrite.All; Invoke-MgGraphRequest -Method DELETE -Uri 'v1.0/servicePrincipals/$ServicePrincipalObjectId/appRoleAssignments/$($_.Id)'"
        }
        Stop-Script $Refused "The identity holds permissions for the whole organisation in Microsoft Entra ID. They add up with the roles in Exchange, so that a scope would bound nothing. Nothing was changed.`n$($lines -join "`n")"
    }
    foreach ($grant in $grants) { Write-Warning "The identity also holds $($grant.Value) on $($grant.Resource), which the app does not need." }
}

function Get-OneMailbox([string] $Address) {
    try { $found = @(Get-Mailbox -Identity $Address -ErrorAction Stop) }
    catch { Stop-Script $Missing "There is no mailbox $Address ($($_.Exception.Message))." }
    if ($found.Count -ne 1) { Stop-Script $Missing "$Address stands for $($found.Count) mailboxes, not for one." }
    # An identity may also be an alias or a name, and so be another mailbox than the one that is meant.
    if (@($found[0].EmailAddresses) -notcontains "smtp:$Address") { Stop-Script $Missing "$Address is no address of the mailbox that Exchange finds by it ($($found[0].PrimarySmtpAddress))." }
    $found[0]
}

# The object's GUID is the mailbox's for good. Addresses, names and attributes change, or come to belong to another mailbox,
# and a filter on PrimarySmtpAddress matches every other address as well.
function Get-ScopeFilter($Of) {
    "Guid -eq '$($Of.Guid)'"
}

function Assert-OneMatch([string] $Filter, $Of) {
    $matched = @(Get-Recipient -RecipientPreviewFilter $Filter -ResultSize 2 -ErrorAction Stop -WarningAction SilentlyContinue)
    if ($matched.Count -ne 1 -or (Get-Value $matched[0] 'Guid') -ne $Of.Guid) { Stop-Script $Refused "The filter $Filter matches $($matched.Count) recipients, not just the mailbox $($Of.PrimarySmtpAddress). Nothing was changed." }
}

function Get-Pointer {
    $found = @(Get-ServicePrincipal -ErrorAction Stop | Where-Object { (Get-Value $_ 'AppId') -eq $AppId -or (Get-Value $_ 'ObjectId') -eq $ServicePrincipalObjectId })
    foreach ($pointer in $found) {
        if ((Get-Value $pointer 'AppId') -ne $AppId -or (Get-Value $pointer 'ObjectId') -ne $ServicePrincipalObjectId) {
            Stop-Script $Refused "Exchange knows the identity by other ids (AppId $($pointer.AppId), ObjectId $($pointer.ObjectId)). If that is an identity of the past, run: Remove-ServicePrincipal -Identity $($pointer.ObjectId)"
        }
    }
    $found | Select-Object -First 1
}

function Get-Scope {
    @(Get-ManagementScope -ErrorAction Stop | Where-Object Name -EQ $ScopeName) | Select-Object -First 1
}

# Exchange may give a filter back with other brackets and spaces than it was given.
function Assert-Scope($Scope, [string] $Filter) {
    $actual = Get-Value $Scope 'RecipientFilter'
    $otherwise = "If no other app uses it, run this script with -Remove and then again. Nothing was changed."
    if (($actual -replace '[\s(){}"]') -ne ($Filter -replace '\s')) { Stop-Script $Refused "There is a scope '$ScopeName' with another filter: $actual, not $Filter. $otherwise" }
    # Microsoft: exclusive scopes do not restrict what apps may do.
    if ((Get-Value $Scope 'Exclusive') -eq 'True') { Stop-Script $Refused "The scope '$ScopeName' is exclusive, and those do not restrict apps. $otherwise" }
}

function Get-Assignment {
    @(Get-ManagementRoleAssignment -RoleAssignee "$ServicePrincipalObjectId" -ErrorAction Stop)
}

function Test-Ours($Assignment) {
    (Get-Value $Assignment 'Role') -in @($AssignmentNames.Keys; $MailRead) -and (Get-Value $Assignment 'CustomResourceScope') -eq $ScopeName
}

function Assert-NoOtherAssignment($Assignment) {
    $others = @($Assignment | Where-Object { -not (Test-Ours $_) })
    if ($others) {
        $lines = $others | ForEach-Object {
            $scope = Get-Value $_ 'CustomResourceScope'
            "  $($_.Role), $(if ($scope) { "scope '$scope'" } else { "scope $(Get-Value $_ 'RecipientWriteScope')" }). To remove it: Remove-ManagementRoleAssignment -Identity '$($_.Name)'"
        }
        Stop-Script $Refused "The identity holds other roles in Exchange. The app needs none of them. Nothing was changed.`n$($lines -join "`n")"
    }
}

function Add-Part([string] $Part, [string] $Name, $Present, [string] $Action, [scriptblock] $Make) {
    if ($Present) { New-Part $Part $Name 'Unchanged' }
    elseif ($script:Cmdlet.ShouldProcess($Name, $Action)) {
        & $Make | Out-Null
        $script:Changed = $true
        New-Part $Part $Name 'Created'
    }
    else {
        $script:Declined = $true
        New-Part $Part $Name $(if ($WhatIfPreference) { 'WouldCreate' } else { 'Declined' })
    }
}

function Get-Authorization([string] $Address) {
    @(Test-ServicePrincipalAuthorization -Identity "$ServicePrincipalObjectId" -Resource $Address -ErrorAction Stop -WhatIf:$false -Confirm:$false)
}

# One object for each role that was assigned here, and one for whatever Exchange shows beyond them.
function Test-Authorization([string] $Address, [bool] $Expected) {
    $rows = Get-Authorization $Address
    foreach ($role in $AssignmentNames.Keys) {
        $own = @($rows | Where-Object { (Get-Value $_ 'RoleName') -eq $role })
        $inScope = [bool] @($own | Where-Object { (Get-Value $_ 'InScope') -eq 'True' })
        $bounded = $own.Count -eq 1 -and (Get-Value $own[0] 'AllowedResourceScope') -eq $ScopeName
        [pscustomobject]@{ Mailbox = $Address; Role = $role; InScope = $inScope; Expected = $Expected; Passed = $bounded -and $inScope -eq $Expected }
    }
    foreach ($row in $rows | Where-Object { -not $AssignmentNames.Contains((Get-Value $_ 'RoleName')) }) {
        [pscustomobject]@{ Mailbox = $Address; Role = $row.RoleName; InScope = (Get-Value $row 'InScope') -eq 'True'; Expected = $false; Passed = $false }
    }
}

function Confirm-Authorization {
    # The test does not use the cache by which Graph decides, but what was made just now may still be on its way.
    $until = [DateTime]::UtcNow.AddSeconds($(if ($script:Changed) { $WaitSeconds } else { 0 }))
    while ($true) {
        $results = @(Test-Authorization $Mailbox $true; if ($OtherMailbox) { Test-Authorization $OtherMailbox $false })
        $failed = @($results | Where-Object { -not $_.Passed })
        if (-not $failed -or [DateTime]::UtcNow -ge $until) { break }
        Start-Sleep -Seconds 5
    }
    $results
    if ($failed) {
        $lines = $failed | ForEach-Object { "  $($_.Role) on $($_.Mailbox): in scope is $($_.InScope), should be $($_.Expected)" }
        Stop-Script $TestFailed "Exchange does not show the authorisation that was meant: each role once, within the scope '$ScopeName'. To take away what is there, run this script with -Remove.`n$($lines -join "`n")"
    }
}

function Register-Mailbox {
    $organisation = Assert-Exchange
    Assert-Graph $organisation
    $box = Get-OneMailbox $Mailbox
    if ($OtherMailbox -and (Get-OneMailbox $OtherMailbox).Guid -eq $box.Guid) { Stop-Script $Missing "$OtherMailbox is the same mailbox as $Mailbox." }
    $upn = Get-Value $box 'UserPrincipalName'
    if ($upn -ne $Mailbox) { Write-Warning "Graph finds a mailbox by its user principal name, which is $upn and not $Mailbox. Change it, or set Mailbox__Address to it." }
    Assert-Identity
    Assert-NoEntraGrant
    $filter = Get-ScopeFilter $box
    Assert-OneMatch $filter $box
    $pointer = Get-Pointer
    $scope = Get-Scope
    if ($scope) { Assert-Scope $scope $filter }
    $assignments = @(if ($pointer) { Get-Assignment })
    Assert-NoOtherAssignment $assignments
    if ($IncludeMailRead -or @($assignments | Where-Object Role -EQ $MailRead)) { $AssignmentNames[$MailRead] = $MailReadName }

    Add-Part 'ServicePrincipal' $DisplayName $pointer "Make Exchange know the identity $AppId" {
        New-ServicePrincipal -AppId "$AppId" -ObjectId "$ServicePrincipalObjectId" -DisplayName $DisplayName -Confirm:$false -ErrorAction Stop
    }
    Add-Part 'ManagementScope' $ScopeName $scope "Make a scope of the one mailbox $($box.PrimarySmtpAddress) ($filter)" {
        New-ManagementScope -Name $ScopeName -RecipientRestrictionFilter $filter -Confirm:$false -ErrorAction Stop
    }
    foreach ($role in $AssignmentNames.Keys) {
        Add-Part 'RoleAssignment' $AssignmentNames[$role] ($assignments | Where-Object Role -EQ $role) "Assign the role '$role' within the scope '$ScopeName'" {
            # Half a registration must not become one without a scope.
            if ($script:Declined) { Stop-Script $Missing 'A part that the role depends on was declined. Run the script again.' }
            New-ManagementRoleAssignment -Name $AssignmentNames[$role] -App "$ServicePrincipalObjectId" -Role $role -CustomResourceScope $ScopeName -Confirm:$false -ErrorAction Stop
        }
    }
    if ($script:Declined) { Write-Line 'Not everything is there, so there is nothing to test.'; return }
    Confirm-Authorization
    Write-Line $(if ($script:Changed) { 'Registered. Graph may go by what it remembers for 30 minutes, or for 2 hours where the app is already calling.' } else { 'Everything was there. Nothing was changed.' })
}

function Remove-Part([string] $Part, [string] $Name, [string] $Action, [scriptblock] $Take) {
    if ($script:Cmdlet.ShouldProcess($Name, $Action)) {
        & $Take | Out-Null
        $script:Changed = $true
        New-Part $Part $Name 'Removed'
    }
    else {
        $script:Declined = $true
        New-Part $Part $Name $(if ($WhatIfPreference) { 'WouldRemove' } else { 'Declined' })
    }
}

function Unregister-Mailbox {
    $null = Assert-Exchange
    $pointer = Get-Pointer
    $assignments = @(if ($pointer) { Get-Assignment })
    foreach ($assignment in $assignments | Where-Object { Test-Ours $_ }) {
        Remove-Part 'RoleAssignment' $assignment.Name "Take the role '$($assignment.Role)' away" { Remove-ManagementRoleAssignment -Identity $assignment.Name -Confirm:$false -ErrorAction Stop }
    }
    if (Get-Scope) {
        Remove-Part 'ManagementScope' $ScopeName 'Remove the scope' { Remove-ManagementScope -Identity $ScopeName -Confirm:$false -ErrorAction Stop }
    }
    $others = @($assignments | Where-Object { -not (Test-Ours $_) })
    # Removing the pointer removes every role with it, and those were not given here.
    if ($others) { Write-Warning "The identity stays known to Exchange, since it holds other roles: $(($others | ForEach-Object Role) -join ', ')." }
    elseif ($pointer) {
        Remove-Part 'ServicePrincipal' (Get-Value $pointer 'DisplayName') "Make Exchange forget the identity $AppId" { Remove-ServicePrincipal -Identity "$ServicePrincipalObjectId" -Confirm:$false -ErrorAction Stop }
    }
    if ($script:Changed) { Write-Line 'Removed. Graph may go by what it remembers for up to 2 hours; to stop the app at once, stop the function app.' }
    elseif (-not $script:Declined) { Write-Line 'Nothing was there. Nothing was changed.' }
}

$script:Cmdlet = $PSCmdlet
$script:Changed = $false
$script:Declined = $false
try {
    if ($Remove) { Unregister-Mailbox } else { Register-Mailbox }
}
catch {
    $code = $_.Exception.Data['ExitCode'] ?? 1
    if ($code -eq 1 -and $script:Changed) { Write-Line 'Some parts were changed before the error. Running the script again goes on from there.' }
    Write-Error $_.Exception.Message -ErrorAction Continue
    exit $code
}
exit 0
