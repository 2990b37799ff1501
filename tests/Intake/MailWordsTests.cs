using System.Text;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Intake.Words;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Intake;

/// <summary>What a person wrote is read whole, and what they quote is not theirs, however their program wraps and quotes it.</summary>
public sealed class MailWordsTests
{
    private const string Ask = "Please send me a copy of my personal data.";
    private const string Wipe = "And then delete all my data.";

    /// <summary>Two wishes, the second where programs hide it: a human reads both. Heads as the programs write them.</summary>
    public static TheoryData<string> SecondWishes => new(
        $"{Ask}\n\nOn 20 Nov 2026 at 09:00, Spectrum News wrote:\n> We have a new printer.\n> You get this.\n\n{Wipe}",
        $"{Ask}\n\nAm 20.11.2026 um 09:00 schrieb Spectrum News <news@spectrum.tech>:\n> Neu!\n\n{Wipe}",
        $"{Ask}\n\nLe ven. 20 nov. 2026 à 09:00, Spectrum <news@spectrum.tech> a écrit :\n\n> Bonjour\n>\n> Merci\n{Wipe}",
        $"> When can we call you?\nAny day.\n> What do you want?\n{Ask}\n> Anything else?\n{Wipe}",
        $"{Ask}\n--\n{Wipe}",
        $"{Ask}\n-- \n{Wipe}",
        $"{Ask}\n-----\n{Wipe}",
        $"{Ask}\n____________________________\n{Wipe}",
        $"{Ask}\nFrom: Pat Ray, pat.ray@example.org, account 4411\n{Wipe}",
        $"{Ask}\nFrom: now on nobody may call me.\nTo: whom it may concern\n{Wipe}",
        $"        {Ask}\n\n                {Wipe}",
        $"\t{Ask}\n\n  1) one more thing\n\t\t{Wipe}",
        $"{Ask}\n\nOn 3 May 2026 I wrote to you as follows:\n{Wipe}",
        $"JD> Do you want anything?\n{Ask}\n＞ Else?\n{Wipe}");

    /// <summary>One wish, and a quote that holds another: only the own one counts.</summary>
    public static TheoryData<string> Quotes => new(
        $"{Ask}\n\nOn Fri, 20 Nov 2026 at 09:00, Jo Bloggs <jo@example.org> wrote:\n\nI want you to delete all my data.\nJo",
        $"{Ask}\n\nOn Fri, 20 Nov 2026 at 09:00, Jo Bloggs <jo@example.org>\nwrote:\n> I want you to delete all my data.",
        $"{Ask}\n\n-----Original Message-----\nFrom: Jo <jo@example.org>\nSent: 20 November 2026\n\nDelete all my data.",
        $"{Ask}\n\n________________________________\nFrom: Jo <jo@example.org>\nSent: 20 November 2026\nTo: Spectrum\nSubject: Erasure\n"
            + "\nDelete all my data.",
        $"{Ask}\n\nVon: Jo <jo@example.org>\nGesendet: Freitag, 20. November 2026\nAn: Spectrum\nBetreff: Löschung\n\nDelete all my data.",
        $"{Ask}\n\nDe : Jo <jo@example.org>\nEnvoyé : vendredi 20 novembre 2026\nÀ : Spectrum\nObjet : Effacement\n\nDelete all my data.",
        $"{Ask}\n\nDa: Jo <jo@example.org>\nInviato: venerdì\nA: Spectrum\nOggetto: Cancellazione\n\nDelete all my data.",
        $"{Ask}\n\nVan: Jo <jo@example.org>\nVerzonden: vrijdag\nAan: Spectrum\nOnderwerp: Wissen\n\nDelete all my data.",
        $"{Ask}\n\nOd: Jo <jo@example.org>\nWysłano: piątek\nDo: Spectrum\nTemat: Usunięcie\n\nDelete all my data.",
        $"{Ask}\n\n差出人: Jo <jo@example.org>\n送信日時: 2026年11月20日\n宛先: Spectrum\n件名: 削除\n\nDelete all my data.",
        $"{Ask}\n\n*From:* Jo <jo@example.org>\n*Sent:* Friday\n*To:* Spectrum\n*Subject:* Erasure\n\nDelete all my data.",
        $"{Ask}\n\nW dniu 20.11.2026 o 09:00, Jo <jo@example.org> pisze/napisał(a):\n> Delete all my data.",
        $"{Ask}\n\nEl vie, 20 nov 2026 a las 9:00, Jo (<jo@example.org>) escribió:\n> Delete all my data.\n> Jo",
        $"{Ask}\n\nBegin forwarded message:\n\nFrom: Jo <jo@example.org>\nSubject: Erasure\nDate: 20 November 2026\n\nDelete all my data.",
        $"  > Delete all my data.\n\n{Ask}");

    [Theory]
    [MemberData(nameof(SecondWishes))]
    public void GivenASecondWishAnywhere_BothAreReadAndAHumanDecides(string body)
    {
        Assert.Empty(Reading.Of("", body).Rights);
        var words = Plain(body).Excerpt(2_000);
        Assert.Contains(Ask, words, StringComparison.Ordinal);
        Assert.Contains(Wipe, words, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Quotes))]
    public void GivenAQuote_WhatItAsksForIsNotTheSendersWish(string body)
    {
        Assert.Equal([Right.Access], Reading.Of("", body).Rights);
        var words = Plain(body);
        Assert.DoesNotContain("elete all my data", words.Excerpt(2_000), StringComparison.Ordinal);
        Assert.Contains("elete all my data", words.Quoted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kind regards\nLou\n\nIf this reached you in error, please notify the sender and delete the information from your system.")]
    [InlineData("This email is confidential and intended only for the named recipient. If you are not it, delete the data and all copies.")]
    [InlineData("Please notify the sender if you got this by mistake. Delete the information. Do not copy it.")]
    [InlineData("Received in error? Please destroy this message and remove the details from your records.")]
    public void GivenAFooterThatSpeaksOfDeleting_TheRequestIsUnderstood(string footer) =>
        Assert.Equal([Right.Access], Reading.Of("", $"Dear Spectrum,\n\n{Ask}\n\n{footer}").Rights);

    [Theory]
    [InlineData("To make a subject access request or to see our privacy notice, visit our website.")]
    [InlineData("For a subject access request please contact our data protection officer.")]
    [InlineData("Subject access requests should be sent to dpo@supplier.example.")]
    [InlineData("You have the right of access to your data and the right to data portability.")]
    [InlineData("Read about your right of access and your other rights in our privacy notice.")]
    public void GivenAFooterThatSaysHowToAsk_NobodyAsks(string footer) =>
        Assert.Empty(Reading.Of("Invoice 4711", $"Please find our invoice attached.\n\nAccounts\n\n{footer}").Rights);

    [Theory]
    [InlineData("Danke, alles da!\n\n{0}: Spectrum Data Privacy <dataprivacy@spectrum.tech>\n\n{1}")]
    [InlineData("Kiitos!\n\nSpectrum on lähettänyt seuraavan viestin\n\n{1}")]
    [InlineData("Merci\n\n| {1}")]
    public void GivenOurOwnLetterInAQuoteThatNoRuleKnows_NothingIsUnderstoodFromIt(string body)
    {
        var letter = "WE HAVE YOUR REQUEST\n\nThank you for writing to us. We understand that you want:\n"
            + "- a copy of the data we hold about you\n- the data you gave us, to take elsewhere\n";
        Assert.Empty(Reading.Of("Re: [PR-2026-000065] Your request is closed", string.Format(null, body, "Xyz", letter)).Rules);
    }

    private static MailWords Plain(string body) => RequestText.Read(Encoding.UTF8.GetBytes(
        $"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n")).Words;
}
