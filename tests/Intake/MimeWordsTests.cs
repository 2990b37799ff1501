using System.Text;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Intake.Words;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Intake;

/// <summary>All parts of a message are read or named, in HTML as in text and in any charset.</summary>
public sealed class MimeWordsTests
{
    private const string Ask = "Please send me a copy of my personal data.";
    private const string Wipe = "And then delete all my data.";

    [Fact]
    public void GivenTextPartsAroundAFile_AllAreRead()
    {
        var words = Read(Mixed(
            Part("text/plain; charset=utf-8", Ask), Part("application/pdf; name=bill.pdf", "%PDF"), Part("text/plain; charset=utf-8", Wipe),
            Part("text/html; charset=utf-8", "<p>I am Ida.</p>")));
        Assert.Equal($"{Ask}\n\n{Wipe}\n\nI am Ida.", words.Own.ReplaceLineEndings("\n"));
        Assert.Equal(["bill.pdf"], words.NotShown);
    }

    [Theory]
    [InlineData("Your mail program cannot show HTML mail.")]
    [InlineData("This is an HTML message.")]
    [InlineData("")]
    public void GivenATextPartThatSaysNothing_TheOtherIsRead(string useless)
    {
        var html = Part("text/html; charset=utf-8", $"<html><style>p {{}}</style><p>{Ask}</p></html>");
        var words = Read(Alternative(Part("text/plain", useless), html));
        Assert.Equal(Ask, words.Own.Trim());
    }

    [Fact]
    public void GivenAlternativesThatSayTheSame_OneIsRead_AndWhereTheyDifferBoth()
    {
        Assert.Equal(Ask, Read(Alternative(Part("text/plain", Ask), Part("text/html", $"<p>{Ask}</p>"))).Own.Trim());
        var both = Read(Alternative(Part("text/plain", Ask), Part("text/html", $"<p>{Wipe}</p>"))).Own;
        Assert.Contains(Ask, both, StringComparison.Ordinal);
        Assert.Contains(Wipe, both, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<blockquote type=\"cite\">")]
    [InlineData("<blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px #ccc solid\">")]
    [InlineData("<blockquote>")]
    public void GivenAnHtmlQuote_OwnWordsAboveBetweenAndBelowItCount(string quote)
    {
        var html = $"<div>{Ask}</div>{quote}<p>We have news.</p></blockquote><div>Between.</div>{quote}More.</blockquote><div>{Wipe}</div>";
        var words = Read(Mail("text/html; charset=utf-8", html));
        var own = words.Own.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal([Ask, "Between.", Wipe], own);
        Assert.DoesNotContain("news", words.Own, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenAStepOfIndentation_ItsWordsAreOwn_AndWhatIsHiddenIsNobodys()
    {
        var html = $"<p>Hello</p><blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\"><div>{Ask}</div></blockquote>"
            + "<div style=\"display:none\">delete all my data<div>x</div></div><p>Bye</p>";
        var words = Read(Mail("text/html; charset=utf-8", html));
        Assert.Contains(Ask, words.Own, StringComparison.Ordinal);
        Assert.DoesNotContain("delete", words.Own, StringComparison.Ordinal);
        Assert.Contains("Bye", words.Own, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenOutlooksHtml_WhatStandsBehindItsHeadIsQuoted()
    {
        var html = $"<p>{Ask}</p><div style=\"border-top:solid #E1E1E1 1.0pt\"><p><b>From:</b> Jo &lt;jo@example.org&gt;<br>"
            + "<b>Sent:</b> Friday<br><b>To:</b> Spectrum<br><b>Subject:</b> News</p></div><p>Delete all my data.</p>";
        Assert.Equal([Right.Access], Reading.Of("", Read(Mail("text/html; charset=utf-8", html))).Rights);
    }

    [Theory]
    [InlineData("iso-2022-jp", "私の個人データの写しを送ってください。")]
    [InlineData("shift_jis", "私の個人データの写しを送ってください。")]
    [InlineData("euc-jp", "私の個人データの写しを送ってください。")]
    [InlineData("gb18030", "请把我的个人数据副本发给我。")]
    [InlineData("gb2312", "请把我的个人数据副本发给我。")]
    [InlineData("big5", "請把我的個人資料副本寄給我。")]
    [InlineData("euc-kr", "내 개인정보 사본을 보내 주세요.")]
    [InlineData("ks_c_5601-1987", "내 개인정보 사본을 보내 주세요.")]
    [InlineData("koi8-r", "Пришлите копию моих данных.")]
    [InlineData("windows-1251", "Пришлите копию моих данных.")]
    [InlineData("windows-1253", "Στείλτε μου τα δεδομένα μου.")]
    [InlineData("iso-8859-2", "Proszę o kopię moich danych, łącznie.")]
    [InlineData("windows-874", "ขอสำเนาข้อมูล")]
    [InlineData("utf-16", "Ask in UTF-16 ✓")]
    public void GivenAnyCharset_TheWordsAreReadAsTheyWereWritten(string charset, string words)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var body = Convert.ToBase64String(Encoding.GetEncoding(charset).GetBytes(words));
        var mime = $"From: a@example.org\r\nContent-Type: text/plain; charset={charset}\r\n"
            + $"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n";
        Assert.Equal(words, Read(Encoding.ASCII.GetBytes(mime)).Own.Trim('\uFEFF', '\n', ' '));
    }

    [Fact]
    public void GivenOnlyAFile_TheOfficerReadsItsNameAndWhereItIs()
    {
        var words = Read(Mixed(Part("text/plain", "\n\n"), Part("application/pdf; name=letter.pdf", "%PDF")));
        Assert.Equal("(The mail has no text. It holds letter.pdf: open it in the mailbox.)", words.Excerpt(2_000));
    }

    [Fact]
    public void GivenWhatCannotBeShown_ItIsNamed()
    {
        var words = Read(Mixed(
            Part("text/plain", Ask), Part("message/rfc822", "From: b@example.org\r\nSubject: Old\r\n\r\n" + Wipe),
            Part("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "xxxx"),
            Part("image/png; name=scan.png", "png")));
        Assert.Equal(Ask, words.Own.Trim());
        Assert.Equal(["an attached message (Old)", "an encrypted message", "scan.png"], words.NotShown);
    }

    [Fact]
    public void GivenMailMadeToBeSlow_ItIsReadInLinearTime()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var tangle in (string[])
            [new string('!', 250_000), new string(' ', 250_000), string.Concat(Enumerable.Repeat("From: a@b.example\n", 15_000)),
             string.Concat(Enumerable.Repeat("on 1 2 a@b wrote\n", 15_000)), string.Concat(Enumerable.Repeat("<blockquote>", 20_000))])
        {
            Read(Alternative(Part("text/plain", tangle), Part("text/html", $"<p>{tangle}</p>")));
            Read(Mixed([.. Enumerable.Repeat(Part("text/plain", tangle), 4)]));
        }
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
    }

    private static MailWords Read(byte[] mime) => RequestText.Read(mime).Words;

    private static byte[] Mail(string type, string body) =>
        Encoding.UTF8.GetBytes($"From: a@example.org\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n");

    private static string Part(string type, string body) => $"--b\r\nContent-Type: {type}\r\n\r\n{body}\r\n";

    private static byte[] Mixed(params string[] parts) => Mail("multipart/mixed; boundary=b", string.Concat(parts) + "--b--");

    private static byte[] Alternative(params string[] parts) => Mail("multipart/alternative; boundary=b", string.Concat(parts) + "--b--");
}
