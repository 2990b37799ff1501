namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>
/// How many records stand under addresses that are nearly the person's: a human may know that they are theirs, a program never follows
/// them.
/// </summary>
/// <param name="ByTag">The same but for what follows a plus sign, as in <c>ann+news@example.com</c>.</param>
/// <param name="ByLetter">One letter is another, is missing, is too many, or two neighbours changed places.</param>
public sealed record NearMisses(long ByTag, long ByLetter)
{
    public static readonly NearMisses None = new(0, 0);

    public static NearMisses operator +(NearMisses one, NearMisses other) =>
        new(one.ByTag + other.ByTag, one.ByLetter + other.ByLetter);

    /// <summary>Tells how near two addresses are; both in the form that <see cref="Identifiers"/> compares.</summary>
    /// <returns>One or none.</returns>
    internal static NearMisses Of(string address, string theirs) =>
        address == theirs ? None
        : WithoutTag(address) == WithoutTag(theirs) ? new NearMisses(1, 0)
        : IsOneLetterOff(address, theirs) ? new NearMisses(0, 1)
        : None;

    internal static string WithoutTag(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? address[..plus] + address[at..] : address;
    }

    private static bool IsOneLetterOff(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1)
            return false;
        var start = 0;
        while (start < one.Length && start < other.Length && one[start] == other[start])
            start++;
        var restOfOne = one.AsSpan(start);
        var restOfOther = other.AsSpan(start);
        if (restOfOne.Length > restOfOther.Length)
            return restOfOne[1..].SequenceEqual(restOfOther);
        if (restOfOne.Length < restOfOther.Length)
            return restOfOther[1..].SequenceEqual(restOfOne);
        return restOfOne.Length > 0 && (restOfOne[1..].SequenceEqual(restOfOther[1..]) || AreSwapped(restOfOne, restOfOther));
    }

    private static bool AreSwapped(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Length > 1 && one[0] == other[1] && one[1] == other[0] && one[2..].SequenceEqual(other[2..]);
}
