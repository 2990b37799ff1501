namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>Why a message became no case by itself. The names are stored, so they stay.</summary>
public enum HoldReason
{
    /// <summary>
    /// It says that a program sent it in answer to something, as out-of-office notes do; some ticket systems mark requests so.
    /// </summary>
    AutomaticReply,

    /// <summary>It bears the marks of a mailing list, as mail of many web forms does.</summary>
    MailingList,

    /// <summary>A mail system reports what became of a message.</summary>
    DeliveryReport,

    /// <summary>It bears our own mark or address.</summary>
    OwnLetter,

    /// <summary>There is no sender that we could answer.</summary>
    NoSender,

    /// <summary>The sender's address is written in a way that few programs understand.</summary>
    UnusualSender,

    /// <summary>It follows our letters as a machine's answers do.</summary>
    Loop,

    /// <summary>The sender's budget for the day is spent.</summary>
    SenderBudget,

    /// <summary>That of the sender's domain is.</summary>
    DomainBudget,

    /// <summary>That of the whole mailbox is.</summary>
    OverallBudget,

    /// <summary>A colleague forwarded somebody's message.</summary>
    Forwarded,

    /// <summary>A form on a website sent it; whom to answer stands in its Reply-To.</summary>
    WebForm,

    /// <summary>Its sender's address says that nobody reads what is sent there.</summary>
    NoReply,

    /// <summary>The mail service put it into Junk Email, and no rule finds a request in it.</summary>
    Junk,

    /// <summary>It lies in Junk Email and seems to be a request.</summary>
    RequestInJunk,

    /// <summary>Enough requests that no rule understands were opened today.</summary>
    SortingBudget,
}
