using System.Globalization;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>The forms in which one address may be written: an international domain in letters or as <c>xn--</c> (RFC 5890).</summary>
internal static class AddressForm
{
    // Underscores and the like stand in addresses that work, whatever the rules for host names say.
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>With the domain in ASCII; as it is where the domain is none that could be written so.</summary>
    public static string Ascii(string address) => WithDomain(address, Idn.GetAscii);

    /// <summary>Both forms, or one where they are the same.</summary>
    public static IEnumerable<string> Of(string address)
    {
        yield return address;
        var letters = WithDomain(address, Idn.GetUnicode);
        if (letters != address)
            yield return letters;
    }

    private static string WithDomain(string address, Func<string, string> convert)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || at == address.Length - 1)
            return address;
        try
        {
            return address[..(at + 1)] + convert(address[(at + 1)..]);
        }
        catch (ArgumentException)
        {
            return address;
        }
    }
}
