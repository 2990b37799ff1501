using System.Text;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Officer.Deciding;

namespace Spectrum.PrivacyFlows.Tests.Intake;

/// <summary>The headers are in the form that Exchange Online writes; the last in that of others.</summary>
public sealed class AuthenticationVerdictTests
{
    [Theory]
    [InlineData(
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=people.example; dkim=pass (signature was verified) header.d=people.example;"
            + "dmarc=pass action=none header.from=people.example;compauth=pass reason=100",
        "from-domain: spf=pass dkim=pass dmarc=pass compauth=pass reason=100")]
    [InlineData(
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=stranger.example; dkim=pass (signature was verified) header.d=stranger.example;"
            + "dmarc=none action=none header.from=people.example;compauth=fail reason=001",
        "from-domain: dmarc=none compauth=fail reason=001")]
    [InlineData(
        "spf=pass smtp.mailfrom=stranger.example; dkim=pass header.d=stranger.example;dmarc=pass action=none header.from=stranger.example;"
            + "compauth=pass reason=100",
        "from-domain:")]
    [InlineData(
        "spf=pass smtp.mailfrom=x@people.example.stranger.example; dkim=pass header.d=notpeople.example",
        "from-domain:")]
    [InlineData(
        "dkim=fail (body hash did not verify) header.d=people.example; dkim=pass header.d=PEOPLE.example.",
        "from-domain: dkim=pass")]
    [InlineData(
        "dkim=pass header.d=stranger.example; dkim=fail header.d=people.example;spf=softfail smtp.mailfrom=ada@people.example",
        "from-domain: spf=softfail dkim=fail")]
    [InlineData("dkim=pass header.d=stranger.example header.d=people.example", "from-domain:")]
    [InlineData(
        "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=people.example;", "from-domain: dmarc=none")]
    [InlineData("compauth=pass reason=100", "from-domain:")]
    [InlineData("mx.stranger.example; spf=pass smtp.mailfrom=people.example; dmarc=pass header.from=people.example", "")]
    public void GivenExchangesHeader_OnlyWhatIsOfTheSendersDomainCounts(string header, string verdict) =>
        Assert.Equal(verdict, Read($"Authentication-Results: {header}\r\n"));

    [Fact]
    public void GivenAHeaderOfTheSendersOwnBelow_OnlyTheTopmostCounts() => Assert.Equal(
        "from-domain: dmarc=fail compauth=fail reason=000",
        Read("Authentication-Results: dmarc=fail action=quarantine header.from=people.example;compauth=fail reason=000\r\n"
            + "Authentication-Results: dmarc=pass action=none header.from=people.example;compauth=pass reason=100\r\n"));

    [Fact]
    public void GivenADomainInLetters_ItIsTheSameAsInPunycode() => Assert.Equal(
        "from-domain: spf=pass",
        Read("Authentication-Results: spf=pass smtp.mailfrom=xn--bcher-kva.example\r\n", "ada@bücher.example"));

    [Theory]
    [InlineData("", "our mail service said nothing of the sender’s domain, so nobody vouched for it")]
    [InlineData("from-domain:", "nobody vouched for the sender’s domain")]
    [InlineData("from-domain: dmarc=none", "nobody vouched for the sender’s domain (dmarc=none)")]
    [InlineData(
        "from-domain: dkim=pass dmarc=pass compauth=pass reason=100",
        "our mail service vouched for the sender’s domain (dkim=pass dmarc=pass compauth=pass reason=100)")]
    [InlineData(
        "from-domain: dmarc=fail compauth=pass reason=130",
        "our mail service vouched for the sender’s domain (dmarc=fail compauth=pass reason=130)")]
    [InlineData(
        "from-domain: dmarc=none compauth=softpass reason=201",
        "our mail service holds the sender’s domain for likely, but could not prove it (dmarc=none compauth=softpass reason=201)")]
    [InlineData(
        "from-domain: spf=pass dmarc=pass compauth=fail reason=601",
        "TAKE CARE: our mail service found that the mail may not come from the sender’s domain "
            + "(spf=pass dmarc=pass compauth=fail reason=601)")]
    [InlineData(
        "from-domain: dmarc=fail",
        "TAKE CARE: our mail service found that the mail may not come from the sender’s domain (dmarc=fail)")]
    [InlineData("spf=pass dkim=pass", "the mail came with spf=pass dkim=pass, which may be of another domain than the sender’s")]
    public void TheOfficerReadsWhatItMeans(string authentication, string words) => Assert.Equal(words, SenderWords.For(authentication));

    private static string Read(string headers, string from = "ada@people.example") =>
        RequestText.Read(Encoding.UTF8.GetBytes($"{headers}From: {from}\r\n\r\nHello")).VouchedFor(new EmailAddress(from));
}
