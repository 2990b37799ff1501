using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Intake.Words;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>What the words of a request say.</summary>
/// <param name="Rights">Access, portability or both, in this order; empty where a human has to say.</param>
/// <param name="Rules">The names of the rules that matched, for the record: the rule's words, never the person's.</param>
public sealed record Reading(IReadOnlyList<Right> Rights, IReadOnlyList<string> Rules)
{
    /// <summary>At most this many characters of a message are read.</summary>
    public const int MaxCharacters = 256 * 1024;

    /// <summary>
    /// Reads a request. It is understood where its own words ask for access (Article 15) or portability (Article 20) and for nothing
    /// else; what it quotes and what it refuses does not count. In doubt a human decides.
    /// </summary>
    public static Reading Of(string subject, string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Of(subject, new MailWords(VoiceSplit.Of(body.Length > MaxCharacters ? body[..MaxCharacters] : body), []));
    }

    /// <inheritdoc cref="Of(string, string)"/>
    internal static Reading Of(string subject, MailWords words)
    {
        try
        {
            return Read(UnderstandingText.Normalise(subject, words.Own), UnderstandingText.Normalise("", words.Doubtful));
        }
        catch (RegexMatchTimeoutException)
        {
            return new Reading([], ["too tangled to read"]);
        }
    }

    private static Reading Read(UnderstandingText own, UnderstandingText doubtful)
    {
        var matched = Matching(UnderstandingRules.Answered, own).ToList();
        var forHumans = Matching(UnderstandingRules.ForHumans, own).ToList();
        // Where it is not sure that the sender speaks, what would change the answer is a human's to read.
        var unsure = Matching(UnderstandingRules.ForHumans, doubtful)
            .Concat(Matching(UnderstandingRules.Answered, doubtful).Where(rule => matched.All(known => known.Right != rule.Right)))
            .ToList();
        IEnumerable<Right> rights = forHumans.Count + unsure.Count > 0
            ? []
            : matched.Select(rule => rule.Right!.Value).Distinct().Order();
        return new Reading([.. rights], [.. matched.Concat(forHumans).Concat(unsure).Select(rule => rule.Name).Distinct()]);
    }

    private static IEnumerable<UnderstandingRule> Matching(IEnumerable<UnderstandingRule> rules, UnderstandingText text) =>
        rules.Where(rule => (!rule.NeedsDataProtection || text.SpeaksOfDataProtection) && text.Clauses.Any(clause => Asks(rule, clause)));

    private static bool Asks(UnderstandingRule rule, string clause)
    {
        for (var match = rule.Pattern.Match(clause); match.Success; match = match.NextMatch())
        {
            if (rule.CarriesItsNegation || !UnderstandingRules.Negation.IsMatch(UnderstandingText.Before(clause, match.Index)))
                return true;
        }
        return false;
    }
}
