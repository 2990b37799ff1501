using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Budgets;

/// <summary>Names an address, and its domain, without repeating it: SHA-256, 64 lowercase hexadecimal digits, case disregarded.</summary>
internal static class AddressKey
{
    public static string Of(EmailAddress address) => Hash(address.Key);

    public static string OfDomain(EmailAddress address) => Hash(address.Key[address.Key.LastIndexOf('@')..]);

    /// <summary>The first 16 digits of any other name's hash, such as a Message-ID's.</summary>
    public static string OfText(string text) => Hash(text)[..16];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToUpperInvariant())));
}
