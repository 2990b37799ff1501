using Spectrum.PrivacyFlows.Intake.Holding;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>Why mail is held, as a sentence for the officer.</summary>
internal static class ReasonWords
{
    /// <param name="reason">The name of a <see cref="HoldReason"/>, as stored.</param>
    public static string Of(string? reason) => Enum.TryParse<HoldReason>(reason, out var known) ? Of(known) : "It waits for you.";

    private static string Of(HoldReason reason) => reason switch
    {
        HoldReason.AutomaticReply => "It says that it is an automatic reply; web forms and ticket systems mark requests so too.",
        HoldReason.MailingList => "It is marked as a newsletter or a list’s mail; some web forms mark requests so too.",
        HoldReason.DeliveryReport => "It is a delivery report: a letter may not have arrived.",
        HoldReason.OwnLetter => "It bears the mark or the address of our own letters, and may be one that came back.",
        HoldReason.NoSender => "It names no sender that can be answered: open it in the mailbox.",
        HoldReason.UnusualSender => "The sender’s address is written in an unusual way.",
        HoldReason.Loop => "It came again and again right after our letters, as a machine’s answers do.",
        HoldReason.SenderBudget => "This sender wrote more often in a day than the app answers by itself.",
        HoldReason.DomainBudget => "More came from this domain in a day than the app answers by itself.",
        HoldReason.OverallBudget => "More mail came that day than the app answers by itself.",
        HoldReason.Forwarded => "A colleague passed it on: the request may be somebody else’s.",
        HoldReason.WebForm => "A form on a website seems to have sent it for somebody.",
        HoldReason.NoReply => "It came from an address that takes no answers.",
        HoldReason.Junk => "The mail service took it for junk. Look into the folder Junk Email; what you move to the inbox is answered.",
        HoldReason.RequestInJunk => "It lies in Junk Email, and seems to be a request.",
        _ => "No rule understands it, and you were asked about enough such mail that day.",
    };
}
