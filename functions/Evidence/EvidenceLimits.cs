using System.Text;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>What a line may hold. Messages say which limit, never the text: it may be personal data.</summary>
internal static class EvidenceLimits
{
    public const int MaxPerDay = 10_000;
    private const int MaxKey = 200;
    private const int MaxText = 1_000;
    private const int MaxFacts = 40;
    private const int MaxFactName = 100;
    private const int MaxFactValue = 2_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A limit is passed.</exception>
    public static void Check(string key, string text, IReadOnlyDictionary<string, string> facts)
    {
        Check(key, 1, MaxKey, "A line's key", nameof(key));
        Check(text, 1, MaxText, "A line's text", nameof(text));
        if (facts.Count > MaxFacts)
            throw new ArgumentException($"A line has at most {MaxFacts} facts.", nameof(facts));
        foreach (var (name, value) in facts)
        {
            Check(name, 1, MaxFactName, "A fact's name", nameof(facts));
            Check(value, 0, MaxFactValue, "A fact's value", nameof(facts));
            if (!name.All(char.IsAscii))
                throw new ArgumentException("A fact's name is ASCII, so that everybody orders facts alike.", nameof(facts));
        }
    }

    private static void Check(string text, int shortest, int longest, string what, string parameter)
    {
        if (text is null || text.Length < shortest || text.Length > longest)
            throw new ArgumentException($"{what} has {shortest} to {longest} characters.", parameter);
        if (text.Contains('\0') || !IsUnicode(text))
            throw new ArgumentException($"{what} is Unicode text without NUL, as anything else has no one encoding to hash.", parameter);
    }

    private static bool IsUnicode(string text)
    {
        try
        {
            return Strict.GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
