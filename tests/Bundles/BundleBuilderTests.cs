using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

public sealed class BundleBuilderTests(AzuriteFixture azurite)
{
    private static readonly string[] Customers =
    [
        """{"id":7,"name":"Ada Reader","email":"ada@reader.example","newsletter":true,"score":0.75}""",
    ];
    private static readonly string[] Notes = ["""{"id":1,"text":"Rang on Monday"}""", """{"id":2,"text":"Prefers email"}"""];
    private static readonly string[] Jobs = ["""{"id":"j1","at":"2026-03-01T10:22:11Z","document":"Café.pdf","pages":3}"""];

    private readonly BundleCase bundle = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Access_alone_holds_every_record_and_field_at_the_root()
    {
        await StageAllAsync();

        var summary = await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access);

        var files = await bundle.UnpackAsync();
        Assert.Equal(
            [
                "data/crm/customers.json", "data/crm/customers.csv", "data/crm/notes.json", "data/crm/notes.csv", "data/print/jobs.json",
                "data/print/jobs.csv", "README.txt", "index.html", "datapackage.json",
            ],
            files.Keys);
        Assert.Equal($"[\n{Customers[0]}\n]\n", files.Text("data/crm/customers.json"));
        Assert.Equal($"[\n{Notes[0]},\n{Notes[1]}\n]\n", files.Text("data/crm/notes.json"));
        Assert.Equal(
            "\uFEFFid,name,email,newsletter,score\r\n7,Ada Reader,ada@reader.example,true,0.75\r\n", files.Text("data/crm/customers.csv"));
        Assert.Equal(
            [new("customers", 1, 1, 0), new("notes", 2, 2, 0)],
            summary.Systems.Single(system => system.System == "crm").Tables);
    }

    [Fact]
    public async Task Portability_alone_holds_what_is_portable_at_the_root()
    {
        await StageAllAsync();

        var summary = await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Portability);

        var files = await bundle.UnpackAsync();
        Assert.DoesNotContain(files.Keys, path => path.Contains("notes", StringComparison.Ordinal));
        Assert.Equal(
            """[{"name":"Ada Reader","email":"ada@reader.example","newsletter":true}]""",
            files.Text("data/crm/customers.json").ReplaceLineEndings(""));
        Assert.Equal([new("customers", 1, 0, 1), new("notes", 2, 0, 0)], summary.Systems[0].Tables);
    }

    [Fact]
    public async Task Both_rights_have_access_at_the_root_and_portability_in_a_package_of_its_own()
    {
        await StageAllAsync();

        var summary = await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Portability, Right.Access);

        var files = await bundle.UnpackAsync();
        Assert.Contains("score", files.Text("data/crm/customers.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("score", files.Text("portability/data/crm/customers.csv"), StringComparison.Ordinal);
        Assert.Equal("data/crm/customers.json", (string?)files.Json("portability/datapackage.json")["resources"]![0]!["path"]);
        Assert.Contains(
            "portability/datapackage.json",
            files.Json("datapackage.json")["resources"]!.AsArray().Select(resource => (string)resource!["path"]!));
        Assert.Equal([new("jobs", 1, 1, 1)], summary.Systems[1].Tables);
    }

    [Fact]
    public async Task The_summary_states_hash_and_length_of_the_stored_bytes()
    {
        await StageAllAsync();

        var summary = await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access);

        var bytes = await bundle.BytesAsync();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), summary.Sha256);
        Assert.Equal(bytes.Length, summary.Bytes);
        var stored = await bundle.Store.FindAsync(bundle.Id, Cancellation);
        Assert.Equal((summary.Bytes, summary.Sha256), (stored!.Bytes, stored.Sha256));
    }

    [Fact]
    public async Task The_same_data_gives_the_same_bytes()
    {
        await StageAllAsync();
        await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access, Right.Portability);
        var first = await bundle.BytesAsync();

        await StageAllAsync();
        await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Portability, Right.Access);

        Assert.Equal(first, await bundle.BytesAsync());
    }

    [Fact]
    public async Task Other_data_gives_other_bytes()
    {
        await StageAllAsync();
        var first = await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access);

        await bundle.StageAsync(ExampleSystems.Print, [[Jobs[0].Replace("\"pages\":3", "\"pages\":4", StringComparison.Ordinal)]]);

        Assert.NotEqual(first.Sha256, (await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access)).Sha256);
    }

    [Fact]
    public async Task Empty_tables_are_there_and_empty()
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], []);

        await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);

        var files = await bundle.UnpackAsync();
        Assert.Empty(files.Json("data/crm/notes.json").AsArray());
        Assert.Equal("\uFEFFid,text\r\n", files.Text("data/crm/notes.csv"));
        Assert.Contains("found no personal data about you", files.Text("index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_missing_is_null_in_json_and_empty_in_csv()
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], ["""{"id":1}""", """{"id":2,"text":null}"""]);

        await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);

        var files = await bundle.UnpackAsync();
        Assert.Equal("""[{"id":1,"text":null},{"id":2,"text":null}]""", files.Text("data/crm/notes.json").ReplaceLineEndings(""));
        Assert.Equal("\uFEFFid,text\r\n1,\r\n2,\r\n", files.Text("data/crm/notes.csv"));
    }

    [Theory]
    [InlineData("ünïcödé 漢字 👩‍👩‍👧 שלום")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("line\nbreak\r\n\ttab \"quoted\", and more; \\ back")]
    public async Task Any_text_comes_back_as_it_was_from_json_and_csv(string text)
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], [new JsonObject { ["id"] = 1, ["text"] = text }.ToJsonString()]);

        await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);

        var files = await bundle.UnpackAsync();
        Assert.Equal(text, (string?)files.Json("data/crm/notes.json")[0]!["text"]);
        using var csv = CsvHelper.CsvReader.Create(files["data/crm/notes.csv"]);
        Assert.True(csv.Read());
        Assert.Equal(text, csv.GetString("text"));
    }

    [Fact]
    public async Task Rights_without_data_are_no_bundle()
    {
        await StageAllAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => bundle.BuildAsync([ExampleSystems.Crm], Right.Erasure));
    }

    private async Task StageAllAsync()
    {
        await bundle.StageAsync(ExampleSystems.Crm, Customers, Notes);
        await bundle.StageAsync(ExampleSystems.Print, [Jobs]);
    }
}
