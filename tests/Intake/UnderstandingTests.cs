using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Intake;

public sealed class UnderstandingTests
{
    private static readonly Right[] Access = [Right.Access];
    private static readonly Right[] Portability = [Right.Portability];
    private static readonly Right[] Both = [Right.Access, Right.Portability];
    private static readonly Right[] Human = [];

    public static TheoryData<string, string, string> Messages()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var (subject, body) in UnderstandingMessages.Access)
            rows.Add("access", subject, body);
        foreach (var (subject, body) in UnderstandingMessages.Portability)
            rows.Add("portability", subject, body);
        foreach (var (subject, body) in UnderstandingMessages.Both)
            rows.Add("both", subject, body);
        foreach (var (subject, body) in UnderstandingMessages.ForHumans)
            rows.Add("human", subject, body);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void GivenAMessage_ItsWordsSayWhichRightItUses(string expected, string subject, string body)
    {
        var understood = Reading.Of(subject, body);
        var rights = expected switch { "access" => Access, "portability" => Portability, "both" => Both, _ => Human };
        Assert.True(rights.SequenceEqual(understood.Rights), $"expected {expected}, rules matched: {string.Join("; ", understood.Rules)}");
    }

    [Fact]
    public void GivenAMessage_TheRecordGetsRuleNamesAndNotThePersonsWords()
    {
        var understood = Reading.Of("", "Please send a copy of my data, I am Zebedee Quickfoot of 12 Nowhere Lane.");
        Assert.Equal(["copy of my data"], understood.Rules);
    }

    [Fact]
    public void GivenAHugeMessage_OnlyItsBeginningIsRead()
    {
        var late = new string('a', Reading.MaxCharacters) + "\n\nsubject access request";
        Assert.Empty(Reading.Of("", late).Rights);
    }

    [Fact]
    public void GivenAMessageMadeToBeSlow_ItIsReadInLinearTime()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Reading.Of("", string.Concat(Enumerable.Repeat("copy of all the data my of what ", 8_000)));
        Reading.Of("", new string('>', 200_000) + "\n" + new string(' ', 50_000) + string.Concat(Enumerable.Repeat("on x ", 10_000)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }
}
