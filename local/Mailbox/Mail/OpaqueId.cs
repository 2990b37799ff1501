using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LocalMailbox.Mail;

/// <summary>Ids that look like Exchange's: long, base64 for URLs, case-sensitive, saying nothing.</summary>
internal static class OpaqueId
{
    private const string ImmutablePrefix = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A";
    private const string PlacePrefix = "AAMkADAwATM0MDAAMS1";

    /// <summary>Stays with a message wherever it moves.</summary>
    public static string NewImmutable() => ImmutablePrefix + Random(18) + "AAA=";

    /// <summary>Names a message where it lies: another one after each move.</summary>
    public static string NewPlace() => PlacePrefix + Random(36) + "AAA=";

    public static string Of(string prefix, string secret) =>
        prefix + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 24)) + "AAA=";

    /// <summary>Whether Exchange could have made it; others get ErrorInvalidIdMalformed rather than ErrorItemNotFound.</summary>
    public static bool IsWellFormed(string id) =>
        id.Length >= 40 && id.StartsWith('A') && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '=' or '+');

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
