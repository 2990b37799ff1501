using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Intake.Understanding;

namespace Spectrum.PrivacyFlows.Intake.Replies;

/// <summary>Whether a reply says "yes, I sent that request", or "thank you". What is not plain is for a human.</summary>
internal static partial class ReplyWords
{
    /// <summary>More than this is no plain yes.</summary>
    private const int Longest = 1_000;

    private const int LongestThanks = 200;

    /// <param name="own">The reply's own words, without what it quotes.</param>
    public static bool Confirm(string own)
    {
        var plain = UnderstandingText.Flatten(UnderstandingText.Plain(own));
        return plain.Length is > 0 and <= Longest && Yes().IsMatch(plain) && !Doubt().IsMatch(plain);
    }

    /// <summary>
    /// Thanks and nothing else, in a few words. What speaks of data may be a new request in a language that no rule knows, so it is none.
    /// </summary>
    /// <param name="own">The reply's own words, without what it quotes.</param>
    public static bool Thank(string own)
    {
        var plain = UnderstandingText.Flatten(UnderstandingText.Plain(own));
        return plain.Length is > 0 and <= LongestThanks && Thanks().IsMatch(plain) && !Wish().IsMatch(plain);
    }

    [GeneratedRegex(
        @"^((dear|hello|hi|hey|good (morning|afternoon|evening))\b[^,.!:]{0,60}[,.!:]?\s*)?" +
        @"(yes|yep|yeah|yup|ja|oui|sí|si|tak|ano|sim|confirmed|ok yes)\b|" +
        @"\b(it|that|this) (was|is) (indeed |really )?(me|mine|my request|correct|right)\b|\bi (can |hereby |do )?confirm\b|" +
        @"\bi (did |have |was the one who )?(send|sent|made|make|wrote|write) " +
        @"(it|(this|that|the|my) (request|e?-?mail|message)|this|that)( myself)?(?=$|[.,!])",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Yes();

    [GeneratedRegex(
        @"\b(no|not|n't|never|nothing|nobody|none|neither|someone|somebody|(?<!\bme )who|why|how|explain|understand|confused|whether|what|wrong|cancel|withdraw|stop|mistake|forged|fake|scam|spam|" +
        @"phishing|if|but|unless|nein|non|nie|ne)\b|n't\b|\?",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Doubt();

    [GeneratedRegex(
        @"\b(thanks?|thank you|thx|cheers|much appreciated|danke|dankeschön|merci|gracias|grazie|bedankt|dank u|dank je|obrigad[oa]|tack|takk|" +
        @"tak|kiitos|dzięki|dziękuję|děkuji|díky|ďakujem|köszönöm|teşekkürler|mulțumesc|ευχαριστώ|спасибо|дякую|благодаря|hvala|aitäh|" +
        @"ačiū|paldies)\b|ありがとう|谢谢|謝謝|감사|شكرا|תודה",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Thanks();

    [GeneratedRegex(
        @"dat[aeiou]|donnée|info|gegevens|\bdane|údaj|tiedo|adat|данн|データ|個人|资料|資料|数据|데이터|\?|" +
        @"\b(but|aber|mais|pero|però|ma|maar|men|ale|mutta|но|still|missing|wrong|again|want|need|would|could|can you|please|bitte|" +
        @"s'il|por favor|per favore|vänligen|proszę|prosím)\b",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Wish();
}
