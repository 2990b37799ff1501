using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles.Spreadsheets;

/// <summary>Opens a bundle's CSV in LibreOffice, split at each separator that some country has, with formulas evaluated.</summary>
public sealed class SpreadsheetProgramTests(AzuriteFixture azurite)
{
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    private static readonly string[] Hostile =
    [
        "=1+1", "a;=1+1", "a;=1+1;b", "a\t=1+1", "a\t=1+1\tb", "a\n=1+1", "a\n=1+1\nb", "a\r\n=1+1\r\nb", "a;\"=1+1\";b", "a;\"\"=1+1;b",
        "\";=1+1;\"", "a\n\"=1+1\"\nb", "a;  =1+1;b", "a\n;=1+1;\n", "x\",\"y;=1+1;", "a; +1+1;b", "a;-1+1;b", "a;@SUM(1);b", "'\n=1+1\n",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task Given_hostile_text_in_every_column_When_opened_Then_no_cell_is_a_formula(char separator)
    {
        NeedsLibreOffice();
        var bundle = new BundleCase(azurite);
        var lines = Hostile.Select((text, number) => JsonSerializer.Serialize(new { id = number, name = text, email = text }));
        var notes = Hostile.Select((text, id) => JsonSerializer.Serialize(new { id, text }));
        await bundle.StageAsync(ExampleSystems.Crm, [.. lines], [.. notes]);
        await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);
        var files = await bundle.UnpackAsync();
        foreach (var file in new[] { "data/crm/customers.csv", "data/crm/notes.csv" })
        {
            var cells = await OpenAsync(files[file], separator);
            Assert.DoesNotContain(cells, cell => cell.IsFormula);
            Assert.Contains(cells, cell => cell.Shown.Contains("=1+1", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(',', "1,=1+1\r\n")]
    [InlineData(';', "1,\"a;=1+1;b\"\r\n")]
    [InlineData('\t', "1,\"a\t=1+1\tb\"\r\n")]
    [InlineData(';', "1,\"a\n=1+1\nb\"\r\n")]
    public async Task Given_the_same_unprotected_When_opened_Then_it_is_found(char separator, string csv)
    {
        NeedsLibreOffice();
        Assert.Contains(await OpenAsync(Encoding.UTF8.GetBytes(csv), separator), cell => cell.IsFormula);
    }

    private static void NeedsLibreOffice() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "soffice"))),
        "LibreOffice is missing: apt-get install --no-install-recommends libreoffice-calc");

    private static async Task<IReadOnlyList<Cell>> OpenAsync(byte[] csv, char separator)
    {
        var folder = Directory.CreateTempSubdirectory("spreadsheet");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "table.csv"), csv, Cancellation);
            // Separator, quote, UTF-8, first line, and as the thirteenth: evaluate formulas.
            var filter = $"CSV:{(int)separator},34,76,1,,0,false,true,false,false,false,-1,true";
            var start = new ProcessStartInfo("soffice") { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
            var profile = $"-env:UserInstallation=file://{folder.FullName}/profile";
            foreach (var argument in (string[])[profile, "--headless", $"--infilter={filter}", "--convert-to", "fods", "table.csv"])
                start.ArgumentList.Add(argument);
            using var office = Process.Start(start)!;
            await office.StandardOutput.ReadToEndAsync(Cancellation);
            await office.WaitForExitAsync(Cancellation);
            var sheet = XDocument.Load(Path.Combine(folder.FullName, "table.fods"));
            return [.. sheet.Descendants(Table + "table-cell").Select(cell => new Cell(
                cell.Attribute(Table + "formula") is not null, string.Join('\n', cell.Elements(Text + "p").Select(line => line.Value))))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Cell(bool IsFormula, string Shown);
}
