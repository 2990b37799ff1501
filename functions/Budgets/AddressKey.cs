using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Budgets;

/// <summary>Names an address, and its domain, without repeating it: SHA-256, 64 lowercase hexadecimal digits, case disregarded.</summary>
internal static class AddressKey
{
    public static string Of(EmailAddress address) => Hash(address.Value);

    public static string OfDomain(EmailAddress address) => Hash(address.Value[address.Value.LastIndexOf('@')..]);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToUpperInvariant())));
}
