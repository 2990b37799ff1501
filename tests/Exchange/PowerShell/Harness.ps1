# Runs Register-PrivacyMailbox.ps1 against fake organisations, for the tests, many in one process: each line of input is a request
# as JSON (the organisation, the commands that are absent, the runs; or inspect), each line of output that begins with "ANSWER " is what came
# of it. Other lines are what the script wrote to the console itself, as -WhatIf does.
param([Parameter(Mandatory)] [string] $Script)

function Invoke-Run([hashtable] $Arguments) {
    $global:LASTEXITCODE = -1
    # In a function of its own, as a user's session has other preferences than the script.
    $all = @(try { & $Script @Arguments *>&1 } catch { $_ })
    [ordered]@{
        exitCode = $global:LASTEXITCODE
        objects  = @($all | Where-Object { $_ -is [System.Management.Automation.PSCustomObject] })
        errors   = @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $_.Exception.Message })
        warnings = @($all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | ForEach-Object { $_.Message })
        said     = @($all | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } | ForEach-Object { "$_" })
        changes  = @(Get-FakeLog)
    }
}

# What PowerShell itself makes of the script: whether it parses, and what Get-Help tells its reader.
function Get-Inspection {
    $problems = $null
    $null = [System.Management.Automation.Language.Parser]::ParseFile($Script, [ref] $null, [ref] $problems)
    $help = Get-Help $Script -Full
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    [ordered]@{
        problems    = @($problems | ForEach-Object { "$_" })
        parameters  = @((Get-Command $Script).Parameters.Keys | Where-Object { $_ -notin $common })
        described   = @($help.parameters.parameter | Where-Object { $_.PSObject.Properties['description'] -and "$($_.description.Text)".Trim() } | ForEach-Object name)
        synopsis    = "$($help.Synopsis)".Trim()
        description = ($help.description.Text -join "`n")
        examples    = @($help.examples.example | ForEach-Object { $_.code })
    }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $request = ConvertFrom-Json $line -AsHashtable
    if ($request.ContainsKey('inspect')) {
        [Console]::Out.WriteLine('ANSWER ' + (ConvertTo-Json (Get-Inspection) -Depth 8 -Compress))
        continue
    }
    Import-Module (Join-Path $PSScriptRoot 'FakeTenant.psm1') -Force
    foreach ($name in $request.absent) { Remove-Item "function:$name" }
    foreach ($list in 'Mailboxes', 'ServicePrincipals', 'Scopes', 'Assignments', 'Identities', 'Grants') {
        $request.tenant[$list] = @($request.tenant[$list] | Where-Object { $_ } | ForEach-Object { [pscustomobject] $_ })
    }
    foreach ($one in 'Exchange', 'Graph') { $request.tenant[$one] = if ($request.tenant[$one]) { [pscustomobject] $request.tenant[$one] } }
    Set-FakeTenant $request.tenant
    $runs = @(foreach ($arguments in $request.runs) { Invoke-Run $arguments })
    $answer = [ordered]@{ runs = $runs; tenant = Get-FakeTenant }
    [Console]::Out.WriteLine('ANSWER ' + (ConvertTo-Json $answer -Depth 8 -Compress))
}
