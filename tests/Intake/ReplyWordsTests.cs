using Spectrum.PrivacyFlows.Intake.Replies;

namespace Spectrum.PrivacyFlows.Tests.Intake;

/// <summary>What counts as a plain yes, and as thanks: only what no human would read otherwise.</summary>
public sealed class ReplyWordsTests
{
    [Theory]
    [InlineData("Yes, it was me who sent this. Our mail gateway takes the link out, so I answer here.\n\nRea")]
    [InlineData("YES")]
    [InlineData("Dear Spectrum,\n\nyes, that was me.\n\nKind regards\nRea")]
    [InlineData("I confirm that I sent this request.")]
    [InlineData("Hi, that is correct.")]
    [InlineData("This was my request.")]
    [InlineData("I did send this request.")]
    public void APlainYes_Confirms(string words) => Assert.True(ReplyWords.Confirm(words));

    [Theory]
    [InlineData("")]
    [InlineData("No.")]
    [InlineData("Yes? I never asked for anything.")]
    [InlineData("It wasn't me.")]
    [InlineData("Yes, but please stop it.")]
    [InlineData("Somebody else sent this, not me.")]
    [InlineData("If I sent it, yes.")]
    [InlineData("Who is this?")]
    [InlineData("I sent you my payment last week.")]
    [InlineData("I sent the printer back.")]
    [InlineData("Yes, hello. Please explain this letter.")]
    [InlineData("Yes, I would like to know who you are.")]
    [InlineData("Thank you.")]
    [InlineData("I am out of the office until Monday.")]
    public void AnythingElse_DoesNot(string words) => Assert.False(ReplyWords.Confirm(words));

    [Theory]
    [InlineData("Danke, alles da!")]
    [InlineData("Thank you very much for your help.\nAnn")]
    [InlineData("Merci beaucoup")]
    [InlineData("ありがとうございました")]
    public void Thanks_AreThanks(string words) => Assert.True(ReplyWords.Thank(words));

    [Theory]
    [InlineData("Danke. Bitte löschen Sie jetzt alle meine Daten.")]
    [InlineData("Thanks, but the print jobs are missing.")]
    [InlineData("Thank you. Could you send it again?")]
    [InlineData("Merci, et maintenant effacez mes données.")]
    [InlineData("Bitte löschen Sie alles.")]
    [InlineData("")]
    public void ThanksWithAWish_AreNot(string words) => Assert.False(ReplyWords.Thank(words));
}
