using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Letters;
using Spectrum.PrivacyFlows.Tests.Pages;
using Spectrum.PrivacyFlows.Tests.Settings;

namespace Spectrum.PrivacyFlows.Tests.Contacts;

/// <summary>Another company runs the app: nothing that anybody reads still names ours, or the authority that watches over us.</summary>
public sealed class OtherControllerTests(AzuriteFixture azurite)
{
    private static readonly string[] Ours =
    [
        "Spectrum", "spectrum.tech", "Hull", "HU13", "Bridgehead", "Data Control Officer", "0303 123 1113", "ico.org", "ICO",
        "Information Commission",
    ];

    private static readonly Dictionary<string, string?> Settings = new(SettingSamples.OnOneMachine())
    {
        ["Controller__Name"] = "Ink & Sons <Leeds>",
        ["Controller__LegalName"] = "Ink & Sons Ltd",
        ["Controller__ContactTitle"] = "The Registrar",
        ["Controller__PostalAddress"] = "1 Example Street, Leeds, LS1 1AA",
        ["Controller__Email"] = "data@ink.example",
        ["Regulator__Name"] = "Data Authority",
        ["Regulator__ShortName"] = "DA",
        ["Regulator__Site"] = "https://www.authority.example/",
        ["Regulator__ComplaintUrl"] = "https://www.authority.example/complain?a=1&b=2",
        ["Regulator__Telephone"] = "01632 960000",
    };

    private static readonly IServiceProvider App = SettingSamples.Read(Settings);

    public static TheoryData<string> Letters => [.. LetterSamples.All.Keys];

    public static TheoryData<string> Pages => [.. PageSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Letters))]
    public void NoLetter_NamesUs(string name)
    {
        var letter = App.GetRequiredService<LetterRenderer>().Render(LetterSamples.All[name]);
        NamesThem(letter.Html, "Ink &amp; Sons &lt;Leeds&gt;");
        NamesThem(letter.Text, "Ink & Sons <Leeds>");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void NoPage_NamesUs(string name)
    {
        var page = App.GetRequiredService<PageRenderer>().Render(PageSamples.All[name]);
        NamesThem(page, "Ink &amp; Sons &lt;Leeds&gt;");
        Assert.Contains("data@ink.example", page, StringComparison.Ordinal);
        Assert.Contains("1 Example Street, Leeds, LS1&nbsp;1AA", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ARefusal_SaysWhereToComplain()
    {
        var letter = App.GetRequiredService<LetterRenderer>().Render(LetterSamples.All["Person/Refusal"]);
        Assert.Contains(
            "Data Authority (the DA), which looks after data rights in the UK: https://www.authority.example/, phone 01632 960000.",
            letter.Text,
            StringComparison.Ordinal);
        Assert.Contains(">www.authority.example</a>, phone 01632 960000.", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoBundle_NamesUs()
    {
        var bundle = new BundleCase(azurite, App.GetRequiredService<ContactDetails>());
        await bundle.StageAsync(ExampleSystems.Print, [["""{"id":"j1","at":"2026-03-01T10:22:11Z","document":"Café.pdf","pages":3}"""]]);
        await bundle.BuildAsync([ExampleSystems.Print], Right.Access, Right.Portability);
        var files = await bundle.UnpackAsync();
        Assert.All(
            files.Where(file => !file.Key.Contains("data/", StringComparison.Ordinal)),
            file => NamesThem(Encoding.UTF8.GetString(file.Value), "Ink &"));
        Assert.Contains(
            """<a href="https://www.authority.example/complain?a=1&amp;b=2" rel="noreferrer">""",
            files.Text("index.html"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheMailbox_IsWhereToWriteAndNamesTheSender_UnlessSettingsSayOtherwise()
    {
        var settings = new Dictionary<string, string?>(SettingSamples.OnAzure()) { ["Controller__Name"] = "Ink" };
        var app = SettingSamples.Read(settings);
        Assert.Equal("privacy@example.org", app.GetRequiredService<ContactDetails>().Controller.Email);
        Assert.Equal("Ink Data Privacy", app.GetRequiredService<MailSettings>().Name);
        Assert.Equal("Spectrum Data Privacy", SettingSamples.Read(SettingSamples.OnAzure()).GetRequiredService<MailSettings>().Name);
    }

    private static void NamesThem(string text, string name)
    {
        Assert.All(Ours, ours => Assert.DoesNotContain(ours, text, StringComparison.Ordinal));
        Assert.Contains(name, text, StringComparison.Ordinal);
    }
}
