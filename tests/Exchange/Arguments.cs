namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>Arguments of the script; nobody is there to confirm.</summary>
internal static class Arguments
{
    public static Dictionary<string, object> Register(
        string? otherMailbox = null, bool whatIf = false, string mailbox = FakeTenant.Privacy, int waitSeconds = 0,
        bool includeMailRead = false)
    {
        var arguments = Both(whatIf);
        arguments["Mailbox"] = mailbox;
        arguments["WaitSeconds"] = waitSeconds;
        arguments["IncludeMailRead"] = includeMailRead;
        if (otherMailbox is not null)
            arguments["OtherMailbox"] = otherMailbox;
        return arguments;
    }

    public static Dictionary<string, object> Remove(bool whatIf = false)
    {
        var arguments = Both(whatIf);
        arguments["Remove"] = true;
        return arguments;
    }

    private static Dictionary<string, object> Both(bool whatIf) => new()
    {
        ["AppId"] = FakeTenant.AppId,
        ["ServicePrincipalObjectId"] = FakeTenant.ObjectId,
        ["WhatIf"] = whatIf,
        ["Confirm"] = false,
    };
}
