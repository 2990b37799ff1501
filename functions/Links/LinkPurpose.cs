namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// What a link is for; its page's name in the URL is the value in lowercase with hyphens. Numbers are in tokens, so they stay.
/// </summary>
public enum LinkPurpose
{
    /// <summary>The person says whether they sent the request.</summary>
    Confirm = 1,

    /// <summary>The officer says what a request is that no rule understood.</summary>
    Sort = 2,

    Approve = 3,
    Refuse = 4,
    DecideLater = 5,

    /// <summary>The officer has the data collected again.</summary>
    CollectAgain = 6,

    /// <summary>The officer looks at the bundle.</summary>
    Preview = 7,

    /// <summary>The person's page with the code.</summary>
    Download = 8,

    /// <summary>The file itself, for a short while after the right code.</summary>
    File = 9,

    /// <summary>The officer sets a case going again whose orchestration failed.</summary>
    Resume = 10,

    /// <summary>The officer says what mail is that waits. Of no case, and works until it expires.</summary>
    Held = 11,

    /// <summary>The officer says that a reply by mail confirms the request.</summary>
    Vouch = 12,
}
