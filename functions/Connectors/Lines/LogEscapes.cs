using System.Globalization;
using System.Text;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>Backslashes as web servers write them: <c>\"</c>, <c>\\</c>, <c>\n</c>, <c>\t</c> and <c>\xhh</c> for a byte.</summary>
internal static class LogEscapes
{
    /// <summary>The text; bytes that are no UTF-8 become the replacement character.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(text);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
            bytes.Add(text[i] == '\\' && i + 1 < text.Length ? Escaped(text, ref i) : text[i]);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static byte Escaped(ReadOnlySpan<byte> text, ref int i)
    {
        i++;
        if (text[i] == 'x'
            && i + 2 < text.Length
            && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            i += 2;
            return value;
        }
        return text[i] switch { (byte)'n' => (byte)'\n', (byte)'t' => (byte)'\t', (byte)'r' => (byte)'\r', var other => other };
    }
}
