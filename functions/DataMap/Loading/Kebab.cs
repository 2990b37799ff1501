using System.Text.Json;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>How the data map writes the values of an enumeration: <c>legal-obligation</c>.</summary>
internal static class Kebab
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
