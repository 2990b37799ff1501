using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>
/// HTML being written. <c>html.Add($"&lt;p&gt;{value}&lt;/p&gt;")</c> takes the literal parts as they are and encodes every value that is
/// put in; only what is <see cref="Html"/> already goes in as it is.
/// </summary>
internal sealed class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    private readonly StringBuilder text = new();

    public Html Add([InterpolatedStringHandlerArgument("")] ref Parts parts)
    {
        _ = parts;
        return this;
    }

    /// <summary>HTML of our own that is taken as it is. Never for a value.</summary>
    public static Html Trusted(string html)
    {
        var trusted = new Html();
        trusted.text.Append(html);
        return trusted;
    }

    public override string ToString() => text.ToString();

    /// <summary>What the compiler makes of an interpolated string that is given to <see cref="Add"/>.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Parts(int literalLength, int formattedCount, Html html)
    {
        private readonly int expected = literalLength + formattedCount;

        public void AppendLiteral(string literal)
        {
            html.text.EnsureCapacity(html.text.Length + Math.Max(expected, literal.Length));
            html.text.Append(literal);
        }

        public void AppendFormatted(string value) => html.text.Append(Encoder.Encode(Paragraphs.Visible(value)));

        public void AppendFormatted(long value) => html.text.Append(value.ToString("N0", British));

        public void AppendFormatted(DateOnly value) => html.text.Append(value.ToString("d MMMM yyyy", British));

        public void AppendFormatted(Html value) => html.text.Append(value.text);
    }
}
