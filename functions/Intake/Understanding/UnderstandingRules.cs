using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>
/// The words by which rights are recognised, as data. They are matched within one clause, in lowercase, with straight quotes and single
/// spaces. Clauses are cut short and a match has a second, so nobody can write a message that keeps it busy;
/// the linear engine promises the same, but its automata for these rules take some 80 MB.
/// </summary>
internal static class UnderstandingRules
{
    private const string Data = @"(personal |own |customer |account )?(data|information|info|details|records|file)";
    private const string Mine = @"(all |any |everything |some )?(of )?(the |my )?" + Data;
    private const string You = @"(you|you guys|spectrum|your (company|firm|organisation|organization|business|team|systems?))( all)?";
    private const string Hold =
        @"(may |might |currently |still |actually |do |'ve |have )?" +
        @"(hold|holds|have|has|keep|keeps|store|stores|got|process|collect|collected|retain|gathered|stored|possess|use|" +
        @"held|are (holding|keeping|storing|processing))( stored| collected| recorded| on (file|record|your systems?))?";
    private const string AboutMe = @"(about|on|of|for|regarding|concerning|relating to|related to|that relates? to) (me|myself)\b";
    private const string Anyone =
        @"(another|a new|a different|my new|the new|other|a third|their) (\w+ )?" +
        @"(provider|supplier|company|controller|service|firm|organisation|organization|vendor|party)";

    /// <summary>Rules for the rights that are answered here. Where only these match, the request is understood.</summary>
    public static IReadOnlyList<UnderstandingRule> Answered { get; } =
    [
        new("subject access request", Right.Access, @"\bsubject('s|s'|s)? access (request|application)\b|\bsubject access$"),
        new("SAR", Right.Access, @"\bd?sar\b"),
        new("data access request", Right.Access, AnyOf(
            @"\b(data|information|personal data) access request\b",
            @"\brequest (for )?access to " + Mine + @"\b")),
        new("right of access", Right.Access, @"\bright (of|to) access\b|\bright to (see|have|get|obtain|receive) (a copy of )?my " + Data),
        new("article 15", Right.Access, @"\barticle 15\b", NeedsDataProtection: true),
        new("copy of my data", Right.Access,
            @"\bcop(y|ies) of (all |any |everything |whatever |the |my |what )*(of )?(my )?" + Data + @"\b( " + AboutMe + @")?"),
        new("everything you hold", Right.Access,
            @"\b(everything|anything|all|whatever|what) (that |which )?" + You + @" ?" + Hold + @" " + AboutMe),
        new("data you hold about me", Right.Access,
            @"\b" + Data + @" (is |are |that |which )*(" + You + @" ?" + Hold +
            @"|is held|are held|held|stored|kept|you've got) (by you )?" + AboutMe),
        new("data about me that you hold", Right.Access, @"\b" + Data + @" " + AboutMe + @" (that |which )?" + You + @" ?" + Hold),
        new("what do you know about me", Right.Access,
            @"\b(what|everything|all) (\w+ )?(do |does |that )?" + You + @" (know|have|hold|keep|store|got) (about|on) me\b"),
        new("what data do you hold", Right.Access,
            @"\b(what|which) (kind of |sort of )?" + Data + @" (do|does|have|has|is|are) (" + You + @" ?" + Hold +
            @"|being held|held|stored|kept) " + AboutMe),
        new("hold any data on me", Right.Access,
            @"\b(if|whether|do|does) " + You + @" " + Hold + @" (any |my )?" + Data + @"( " + AboutMe + @")?"),
        new("see my data", Right.Access,
            @"\b(see|view|access|access to|get|get hold of|have|obtain|receive|download|request|requesting|want|send me|" +
            @"send me over|send over|email me|give me|show me|provide me with|supply me with|let me have|request for|" +
            @"application for) (all |of |the |everything in )*my (own |personal )?(data|personal information|" +
            @"personal details|personal records|information you|data file)\b"),
        new("data portability", Right.Portability, AnyOf(
            @"\b(data )?portability\b",
            @"\bportable (copy|format|form)\b",
            @"\bport (all )?(of )?my " + Data + @"\b")),
        new("article 20", Right.Portability, @"\barticle 20\b", NeedsDataProtection: true),
        new("machine-readable", Right.Portability, @"\bmachine[- ]?readable\b|\bstructured,? (and )?commonly[- ]used\b"),
        new("transfer my data", Right.Portability,
            @"\b(transfer|transmit|move|migrate|transferring|moving) (all )?(of )?my " + Data +
            @" (directly |straight |over |across )*(to|into)\b"),
        new("send my data to another", Right.Portability,
            @"\b(send|give|pass|forward|hand|take|taking) (all )?(of )?my " + Data +
            @" (directly |straight |over |across |on |with me )*to " + Anyone),
        new("export of my data", Right.Portability, AnyOf(
            @"\bexport (a copy )?(of )?(all )?(of )?my " + Data + @"\b",
            @"\b(data export|export of (all )?(of )?my " + Data + @")\b")),
        new("data as CSV, JSON or XML", Right.Portability, @"\bmy (personal )?(data|information)\b.*\b(csv|json|xml)\b"),
    ];

    /// <summary>Rules for what a human has to sort: other rights, requests for others, questions and complaints.</summary>
    public static IReadOnlyList<UnderstandingRule> ForHumans { get; } =
    [
        new("erasure", Right.Erasure,
            @"\b(delete|deleting|erase|erasing|remove|removing|wipe|destroy|get rid of|purge|scrub|shred|forget) " +
            @"(all |any |every trace |everything |both |and |the rest )*(of |about )?" +
            @"(me\b|my\b|our |mine\b|it all\b|them all\b|the (data|information|details|records)\b|(data|information|" +
            @"details) (about|on) me\b|everything (that )?you (have|hold|keep|know)|whatever you (have|hold|keep))"),
        new("erasure by name", Right.Erasure, AnyOf(
            @"\b(erasure|deletion) request\b",
            @"\brequest (the )?(erasure|deletion|removal)\b",
            @"\bbe forgotten\b",
            @"\b(have|want) (all )?(of )?(my \w+|it|everything|me) (\w+ )?(deleted|erased|removed|wiped)\b",
            @"\bright (to|of) (erasure|deletion)\b",
            @"\b(delete|erase|remove) (it|them|everything|all)$")),
        new("article 17", Right.Erasure, @"\barticle 17\b", NeedsDataProtection: true),
        new("rectification", Right.Rectification, AnyOf(
            @"\b(correct|rectify|update|amend|fix|change) (the |my |our )+(\w+ )?" +
                @"(data|details|information|info|records?|name|surname|address|email( address)?|postcode|date of birth|" +
                @"phone( number)?|number)\b",
            @"\b(data|details|information|record|name|address|postcode|email) (you (have|hold) )?" +
                @"(for me |about me |on me )?(is|are) (wrong|incorrect|inaccurate|out of date|outdated|not right)\b",
            @"\b(rectification|correction) request\b",
            @"\bhave (it|this|that|them) corrected\b",
            @"\bright to rectification\b")),
        new("article 16", Right.Rectification, @"\barticle 16\b", NeedsDataProtection: true),
        new("restriction", Right.Restriction, AnyOf(
            @"\b(restrict|pause|suspend|freeze|limit) (the |all |any |your )*(further )?(processing|use of my)\b",
            @"\brestriction of (the )?processing\b",
            @"\brestrict how you use\b",
            @"\bstop (all )?(processing|using|handling|keeping) (all |any )?(of )?my\b")),
        new("article 18", Right.Restriction, @"\barticle 18\b", NeedsDataProtection: true),
        new("objection", Right.Objection, AnyOf(
            @"\b(i|we) (hereby |also |now |strongly )*object\b",
            @"\bobjection to\b",
            @"\bright to object\b",
            @"\bopt(ing)?[ -]?out\b",
            @"\bunsubscribe( me)?$",
            @"\bunsubscribe me\b",
            @"\btake me off\b",
            @"\bwithdraw (my|all|any) consent\b",
            @"\bconsent (is )?withdrawn\b")),
        new("stop marketing", Right.Objection, AnyOf(
            @"\b(stop|cease|quit) (sending|emailing|mailing|calling|ringing|texting|contacting|marketing|spamming|sharing|" +
                @"selling|profiling|tracking|all marketing|any marketing|direct marketing|the (emails|marketing|newsletters?))",
            @"\b(do not|don't|never|no longer (want|wish)( to)?) (want |wish )?(to )?(you to )?(ever )?" +
                @"(send|email|mail|call|ring|text|contact|get|receive|share|sell|track)( me)?" +
                @"( any| more| further| your| my| these)* ?(\w+ )?(marketing|newsletters?|emails|calls|offers|adverts|" +
                @"promotions?|data|details)\b",
            @"\bno (more|further) (marketing|emails|newsletters?|calls|contact)\b"), CarriesItsNegation: true),
        new("article 21", Right.Objection, @"\barticle 21\b", NeedsDataProtection: true),
        new("automated decision", Right.AutomatedDecisions, AnyOf(
            @"\b(contest|challenge|appeal|review|reconsider|reviewed by a (human|person)) .*\bdecision\b",
            @"\bdecision .*\b(by (a )?(computer|machine|algorithm)|automatically|reviewed by a (human|person))\b",
            @"\barticle 22\b")),
        new("for somebody else", null, AnyOf(
            @"\bon behalf of\b",
            @"\b(my|our) client'?s?\b",
            @"\bacting for\b",
            @"\bi act for\b",
            @"\bpower of attorney\b",
            @"\bmy (late )?(mother|father|mum|dad|husband|wife|partner|son|daughter|child|brother|sister|employee)'s\b",
            @"\b(his|her|their) (personal )?data\b")),
        new("passed on from a customer", null, AnyOf(
            @"\b(request|mail|email|e-mail|message|letter) (below )?(is |comes |came |we got |i got )*(from|of|by) " +
                @"(a|an|one of|our|another) (of our )?(\w+ )?(customer|client|user|member|tenant|colleague|supplier)s?\b",
            @"\b(forwarding|passing on|passing this on|forwarded for) .*\b(customer|client|request|you to deal)",
            @"\b(we|i) (have |'ve |just )*(received|had|got) (a|an|this|the following) (data )?" +
                @"(subject access request|d?sar|erasure request|access request)\b",
            @"\bas our (data )?processor\b")),
        new("question how to ask", null,
            @"\b(how|where|who) (do|can|should|would|could|does|to)\b.*\b" + @"(make|submit|send|raise|file|request|ask|address)\b"),
        new("complaint", null, AnyOf(
            @"\b(want|wish|would like|'d like|am writing|writing|like) to (make a |raise a |lodge a )?(formal )?complain" +
                @"(t)?\b",
            @"\bthis is a (formal )?complaint\b",
            @"\bformal complaint\b",
            @"\bdata breach\b")),
    ];

    /// <summary>Said before other words in a clause, these take the asking away: it is refused, was done, or is somebody's hope.</summary>
    public static Regex Negation { get; } = Pattern(

            @"\b(not|n't|dont|don't|doesn't|isn't|never|without|no longer|rather than|instead of|no need|nor|" +
            @"thank you for|thanks for|received|sent me|following up|chasing|update on|status of|progress of|already have|" +
            @"already got|my (previous|earlier|last|recent)|if (i|we) (wanted|needed))\b");

    public static Regex DataProtection { get; } = Pattern(@"\b(gdpr|data protection|dpa|personal data|my data|privacy|ico)\b");

    internal static string AnyOf(params string[] alternatives) => string.Join('|', alternatives);

    public static Regex Pattern(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}

/// <summary>One way to say something.</summary>
/// <param name="Name">Shown to the officer and put on record instead of the person's own words.</param>
/// <param name="Right">The right that it names; null where it names none.</param>
/// <param name="NeedsDataProtection">Counts only where the message speaks of data protection at all: contracts have articles too.</param>
/// <param name="CarriesItsNegation">A "not" before it changes nothing, as it is part of what is asked.</param>
internal sealed record UnderstandingRule(
    string Name, Right? Right, string Words, bool NeedsDataProtection = false, bool CarriesItsNegation = false)
{
    public Regex Pattern { get; } = UnderstandingRules.Pattern(Words);
}
