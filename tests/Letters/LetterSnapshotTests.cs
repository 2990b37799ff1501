using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Letters;

public sealed class LetterSnapshotTests
{
    public static TheoryData<string> Names => [.. LetterSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Letter_reads_as_committed(string name)
    {
        var letter = LetterSamples.Render(LetterSamples.All[name]);

        Snapshot.Matches($"Letters/{name}.snapshot.html", letter.Html);
        Snapshot.Matches($"Letters/{name}.snapshot.txt", $"Subject: {letter.Subject}\n\n{letter.Text}");
    }

    [Fact]
    public void Every_kind_of_letter_has_a_sample() =>
        Assert.Equal(
            typeof(Letter).Assembly.GetTypes()
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Letter)))
                .Select(type => type.Name)
                .Order(),
            LetterSamples.All.Values.Select(letter => letter.GetType().Name).Distinct().Order());
}
