using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>What stands in a message and asks for nothing, as data: explanations of rights, and the footers of firms.</summary>
internal static class OthersWords
{
    /// <summary>
    /// What people are told about their rights in an access request's own words (Article 15(1)(e) to (h)) asks for none of these rights.
    /// </summary>
    public static IReadOnlyList<Regex> Explanations { get; } =
    [
        UnderstandingRules.Pattern(@"\b(existence|details|information|explanation) (of|about|on) (the |my |any |your )*rights?\b.*"),
        UnderstandingRules.Pattern(@"\bmy rights? to (request|ask|have|lodge|complain|object)\b.*"),
        UnderstandingRules.Pattern(@"\bthe rights? to (request|ask for|lodge|complain)\b.*"),
        UnderstandingRules.Pattern(
            @"\b(existence of|whether|if|any) (or not )?(there is |you use |you make |you carry out |i am subject to |" +
            @"the existence of )*(any )?(solely )?automated[- ]decision.*"),
        // A firm's footer tells its own customers how to ask it, and how to be left alone by it.
        UnderstandingRules.Pattern(@"\bif you (no longer|do not|don't) (want|wish) to (hear|receive|get)\b.*"),
        UnderstandingRules.Pattern(
            @"\b(to|for|if you (want|wish|would like|need) to) .{0,150}\b(visit|click|go to|follow this link|see our|" +
            @"see the|read our|refer to|e-?mail (us|our)|contact (us|our)|write to (us|our)|call (us|our)|use our|check our|view our)\b.*"),
        UnderstandingRules.Pattern(
            @"\b(subject access|data access|access|erasure|deletion|data|privacy) requests? (should|must|can|may|are|will) (be )?\w+.*"),
        UnderstandingRules.Pattern(
            @"\byou (also |may |will |still )*(have|exercise|enjoy) " +
            @"(the |a |certain |various |several |these |following |legal )*rights?\b.*"),
        UnderstandingRules.Pattern(
            @"\b(exercise|about|of|on|under|for|explains|describes|read|know|understand|and) (all |any )?(of )?" +
            @"your (\w+ ){0,3}rights?\b.*"),
    ];

    /// <summary>How a footer begins that speaks to whoever gets the mail by mistake.</summary>
    public static Regex Misdirected { get; } = UnderstandingRules.Pattern(UnderstandingRules.AnyOf(
        @"\b(received|reached|sent|got|delivered|addressed|transmitted|misdirected|forwarded)\b.{0,60}\b(in error|by mistake|by accident|" +
            @"in mistake|erroneously|mistakenly)\b",
        @"\b(in error|by mistake)\b.{0,60}\b(received|reached|got)\b",
        @"\b(not|n't|other than|only for|solely for|unless you are|intended for)\b.{0,40}\b(the |an |its |named )*(intended |named )?" +
            @"(recipient|addressee)s?\b",
        @"\b(delete|destroy|erase|remove) (it|this|the|any|all|every)( \w+){0,3} (e-?mails?|message|messages|communication|transmission|" +
            @"attachments?|copies)\b(?!.*\bmy\b)",
        @"\b(notify|inform|advise|alert|tell|contact) (the )?(sender|originator|author)\b"));

    /// <summary>Words by which somebody speaks of themselves.</summary>
    public static Regex OfTheSender { get; } = UnderstandingRules.Pattern(@"\b(my|me|mine|myself|our|us)\b");
}
