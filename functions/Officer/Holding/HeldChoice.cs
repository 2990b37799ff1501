using Spectrum.PrivacyFlows.Mail.Floods;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>What the officer may say of held mail.</summary>
/// <param name="Value">As the form sends it.</param>
/// <param name="Label">What it does.</param>
/// <param name="IsChosen">As chosen, to fill the form again.</param>
public sealed record HeldChoice(string Value, string Label, bool IsChosen)
{
    public const string Leave = "leave";
    public const string Case = "case";
    public const string Join = "join";
    public const string Behalf = "behalf";
    public const string Aside = "aside";

    internal static IReadOnlyList<HeldChoice> For(HeldGroup group)
    {
        List<HeldChoice> choices = [Of(Leave, "Leave for later")];
        if (group.IsCarried)
            choices.Add(Of(Behalf, "Answer the person: open a case for the address below"));
        if (group.CanBeCase && group.IsCarried)
            choices.Add(Of(Case, "Answer the sender: it is their own request"));
        else if (group.CanBeCase)
        {
            choices.Add(Of(Case, group.Senders == 1 ? "Answer: open a case" : "Answer: open a case for each sender"));
            choices.Add(Of(Join, "Join: file with the sender’s open case"));
        }
        choices.Add(Of(Aside, "Set aside: no request"));
        return choices;

        HeldChoice Of(string value, string label) => new(value, label, group.Choice == value);
    }
}
