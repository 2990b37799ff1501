using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>A message that is likely somebody's request, and that the app does not answer by itself.</summary>
/// <param name="Reason">Why not.</param>
/// <param name="From">Its sender's address as the message has it; empty where there is none.</param>
/// <param name="About">Whose request it seems to bring, as it has it; empty where that is its sender's or not said.</param>
/// <param name="Subject">Untrusted.</param>
/// <param name="Link">Where to decide.</param>
public sealed record HeldNowLetter(HoldReason Reason, string From, string About, Untrusted Subject, Uri Link)
    : OfficerLetter(CaseId.OfTheSystem)
{
    public override string SubjectLine => "Please look: a request may have come another way";

    public string What => Reason switch
    {
        HoldReason.Forwarded => "A colleague passed a message on that may be somebody’s privacy request.",
        HoldReason.WebForm => "A form on a website sent what may be somebody’s privacy request.",
        HoldReason.NoSender or HoldReason.UnusualSender =>
            "What may be a privacy request came from an address that few mail programs can write to, or from none.",
        HoldReason.NoReply => "A privacy request seems to have come from an address that takes no answers.",
        _ => "The mail service put into Junk Email what may be a privacy request.",
    };

    public string WhatToDo => Reason switch
    {
        HoldReason.UnusualSender =>
            "Open it in the mailbox, then say on the page whether to answer it there. If the answer comes back, another way to the person is "
            + "needed: the message may name one. The month counts from the day on which it came.",
        HoldReason.Forwarded or HoldReason.WebForm or HoldReason.NoReply or HoldReason.NoSender =>
            "Open it in the mailbox, then say on the page whose request it is and when it reached us first: that person is written to and "
            + "nobody else. The month counts from the day on which it reached any of us.",
        _ => "Open it in the Junk Email folder of the mailbox, then say on the page whether to answer it. The month counts from the day on "
            + "which it came, junk or not.",
    };

    public bool NamesPerson => About.Length > 0;

    public string Person => Untrusted.Address(About);

    public string Sender => From.Length > 0 ? Untrusted.Address(From) : "(no address)";

    public Untrusted Title => Subject.Or("(no subject)");
}
