using System.Globalization;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>What the officer filled in for one group of held mail.</summary>
internal static class HeldForm
{
    /// <summary>What is longer past is a slip: nobody could keep the month any more.</summary>
    private const int MostYearsBefore = 2;

    /// <summary>The group as filled in: an unknown choice is none, and a day that cannot be is empty.</summary>
    public static HeldGroup Of(PostedForm form, HeldGroup group, DateTimeOffset now)
    {
        var choice = form.Text($"choice-{group.Key}");
        if (group.Choices.All(offered => offered.Value != choice))
            return group;
        if (!group.IsCarried)
            return group with { Choice = choice };
        var today = DeadlineCalculator.LondonDate(now);
        var isPossible = Day(form.Text($"asked-{group.Key}")) is { } day && day <= today && day >= today.AddYears(-MostYearsBefore);
        return group with
        {
            Choice = choice,
            About = form.Text($"about-{group.Key}", 300),
            AskedOn = isPossible ? form.Text($"asked-{group.Key}") : "",
        };
    }

    /// <returns>Null where all is there that the choice needs.</returns>
    /// <param name="mailbox">Our own address, which is nobody's to answer.</param>
    public static string? Problem(HeldGroup group, EmailAddress mailbox) => group.Choice != HeldChoice.Behalf ? null
        : !EmailAddress.TryParse(group.About, out var about) || about.Equals(mailbox)
            ? "Please type the address of the person whose request it is."
        : Day(group.AskedOn) is null
            ? "Please say on which day the request first reached any of us: today, or a day within the last two years."
        : null;

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
