using Spectrum.PrivacyFlows.Bundles.Tables;

namespace Spectrum.PrivacyFlows.Tests.Bundles.Spreadsheets;

public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("=HYPERLINK(\"https://evil.example\";\"x\")")]
    [InlineData("+44 1482 000000")]
    [InlineData("-2+3")]
    [InlineData("-1|cmd")]
    [InlineData("@SUM(1)")]
    [InlineData("\t1")]
    [InlineData("\r1")]
    [InlineData("\n1")]
    [InlineData("  =1")]
    [InlineData("＝1+1")]
    [InlineData("-")]
    public void A_text_that_could_run_has_an_apostrophe_in_front(string text) => Assert.Equal("'" + text, SpreadsheetText.Harmless(text));

    [Theory]
    [InlineData("a;=1+1", "a;'=1+1")]
    [InlineData("a\t@SUM(1)", "a\t'@SUM(1)")]
    [InlineData("a\n-1+2", "a\n'-1+2")]
    [InlineData("a\r\n+1", "a\r\n'+1")]
    [InlineData("a;  =1;b;=2", "a;  '=1;b;'=2")]
    [InlineData("a;\"=1+1\"", "a;\"'=1+1\"")]
    [InlineData("a;\"\" =1", "a;\"\" '=1")]
    [InlineData("a\u2028=1", "a\u2028'=1")]
    [InlineData("a;＝1", "a;'＝1")]
    [InlineData(";=1", ";'=1")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("\n=1", "'\n'=1")]
    [InlineData("=1;=2", "'=1;'=2")]
    public void A_formula_where_another_separator_would_begin_a_cell_has_one_too(string text, string harmless) =>
        Assert.Equal(harmless, SpreadsheetText.Harmless(text));

    [Theory]
    [InlineData("")]
    [InlineData("a;b")]
    [InlineData("x, -5 degrees")]
    [InlineData("plain")]
    [InlineData("-5")]
    [InlineData("-12.50")]
    [InlineData("a=b")]
    [InlineData("mail@reader.example")]
    [InlineData("   ")]
    public void Any_other_text_stays(string text) => Assert.Equal(text, SpreadsheetText.Harmless(text));

    [Theory]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("a😀b\r\n\t", "a😀b\r\n\t")]
    [InlineData("\0=1+1", "\uFFFD=1+1")]
    public void What_no_text_file_has_is_replaced(string text, string expected) => Assert.Equal(expected, SpreadsheetText.Harmless(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        // Not as a theory: an attribute cannot hold one.
        Assert.Equal("a\uFFFDb", SpreadsheetText.Harmless("a\ud800b"));
        Assert.Equal("a\uFFFDb", SpreadsheetText.Harmless("a\udc00b"));
    }

    [Theory]
    [InlineData("a;=1", true)]
    [InlineData("'=1", true)]
    [InlineData("a", false)]
    public void What_another_separator_would_split_is_quoted(string text, bool quoted) =>
        Assert.Equal(quoted, SpreadsheetText.WantsQuotes(text));

    [Theory]
    [InlineData("""  "a\ud800b" """, "a\uFFFDb")]
    [InlineData("""  "\udc00\ud83d\ude00\ud800" """, "\uFFFD😀\uFFFD")]
    [InlineData("""  "\\ud800\n" """, "\\ud800\n")]
    public void Half_a_surrogate_pair_in_json_is_replaced(string json, string expected) =>
        Assert.Equal(expected, JsonText.Unescape(System.Text.Encoding.UTF8.GetBytes(json.Trim())));
}
