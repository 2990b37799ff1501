using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>Reads JSON strings that System.Text.Json refuses: JSON may escape half a surrogate pair, text may not hold one.</summary>
internal static partial class JsonText
{
    /// <param name="json">A JSON string with its quotes, in valid UTF-8.</param>
    /// <returns>The text; U+FFFD stands for half a surrogate pair.</returns>
    public static string Unescape(ReadOnlySpan<byte> json)
    {
        if (!json.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(json[1..^1]);
        try
        {
            return Read(json);
        }
        catch (InvalidOperationException)
        {
            var repaired = Escapes().Replace(
                Encoding.UTF8.GetString(json), escape => escape.Groups["half"].Success ? "\\uFFFD" : escape.Value);
            return Read(Encoding.UTF8.GetBytes(repaired));
        }
    }

    private static string Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.GetString() ?? "";
    }

    /// <summary>Each escape sequence: a whole pair, half a pair, or any other.</summary>
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.")]
    private static partial Regex Escapes();
}
