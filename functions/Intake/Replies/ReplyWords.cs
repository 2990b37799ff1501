using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Intake.Understanding;

namespace Spectrum.PrivacyFlows.Intake.Replies;

/// <summary>Whether a reply says "yes, I sent that request". What is not plain is for a human.</summary>
internal static partial class ReplyWords
{
    /// <summary>More than this is no plain yes.</summary>
    private const int Longest = 1_000;

    /// <param name="own">The reply's own words, without what it quotes.</param>
    public static bool Confirm(string own)
    {
        var plain = UnderstandingText.Flatten(UnderstandingText.Plain(own));
        return plain.Length is > 0 and <= Longest && Yes().IsMatch(plain) && !Doubt().IsMatch(plain);
    }

    [GeneratedRegex(
        @"^((dear|hello|hi|hey|good (morning|afternoon|evening))\b[^,.!:]{0,60}[,.!:]?\s*)?(yes|yep|yeah|yup|ja|oui|sí|si|tak|ano|sim|confirmed|ok yes)\b|" +
        @"\b(it|that|this) (was|is) (indeed |really )?(me|mine|my request|correct|right)\b|\bi (can |hereby |do )?confirm\b|" +
        @"\bi (did |have |was the one who )?(send|sent|made|make|wrote|write) (it|this|that|the|you|my) ?(request|mail|email|message)?\b",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Yes();

    [GeneratedRegex(
        @"\b(no|not|n't|never|nothing|nobody|none|neither|someone|somebody|who (is|are)|who's|why|what|wrong|cancel|withdraw|stop|mistake|forged|fake|scam|spam|" +
        @"phishing|if|but|unless|nein|non|nie|ne)\b|n't\b|\?",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Doubt();
}
