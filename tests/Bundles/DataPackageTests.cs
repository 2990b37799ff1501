using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>The rules of Data Package v2, its profile's patterns included, that a reader relies on.</summary>
public sealed partial class DataPackageTests(AzuriteFixture azurite)
{
    private static readonly string[] Types =
    [
        "string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year", "yearmonth", "duration",
        "geopoint", "geojson", "any",
    ];

    private readonly BundleCase bundle = new(azurite);

    [GeneratedRegex(@"^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$")]
    private static partial Regex PathRule();

    [GeneratedRegex("^[a-z0-9._-]+$")]
    private static partial Regex NameRule();

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex HashRule();

    [Theory]
    [InlineData("")]
    [InlineData("portability/")]
    public async Task The_descriptor_follows_the_standard(string folder)
    {
        var (files, package) = await BuildAsync(folder);

        Assert.Equal("https://datapackage.org/profiles/2.0/datapackage.json", (string?)package["$schema"]);
        Assert.Matches(NameRule(), (string)package["name"]!);
        var resources = package["resources"]!.AsArray();
        Assert.NotEmpty(resources);
        Assert.Distinct(resources.Select(resource => (string)resource!["name"]!));
        Assert.All(resources, resource => CheckResource(resource!, folder, files));
    }

    [Theory]
    [InlineData("")]
    [InlineData("portability/")]
    public async Task Every_file_of_the_package_is_listed(string folder)
    {
        var (files, package) = await BuildAsync(folder);

        var listed = package["resources"]!.AsArray().Select(resource => folder + (string)resource!["path"]!);
        var inner = folder.Length == 0 ? "portability/" : "nothing/";
        var there = files.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal)
            && (!path.StartsWith(inner, StringComparison.Ordinal) || path == inner + "datapackage.json")
            && path != folder + "datapackage.json");
        Assert.Equal(there.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_schema_describes_the_columns_in_order()
    {
        var (files, package) = await BuildAsync("");

        foreach (var resource in package["resources"]!.AsArray().Where(resource => (string?)resource!["type"] == "table"))
        {
            var names = resource!["schema"]!["fields"]!.AsArray().Select(field => (string)field!["name"]!).ToList();
            if ((string?)resource["format"] == "csv")
                Assert.Equal(string.Join(',', names), files.Text((string)resource["path"]!).TrimStart('\uFEFF').Split("\r\n")[0]);
            else
                Assert.All(
                    files.Json((string)resource["path"]!).AsArray(),
                    record => Assert.Equal(names, record!.AsObject().Select(property => property.Key)));
        }
    }

    [Fact]
    public async Task A_column_with_a_value_that_is_not_of_its_type_is_text_throughout_and_says_why()
    {
        var made = new BundleCase(azurite);
        var table = await made.StageTableAsync("print", "jobs",
        [
            """{"id":"1","at":"yesterday","document":"a","pages":3}""", """{"id":"2","at":"2026-01-01T00:00:00Z","document":"b","pages":"x"}""",
        ]);
        await made.Staging.CompleteAsync(
            made.Id,
            new CollectedSystem("print", [table with { Malformed = new Dictionary<string, long> { ["at"] = 1, ["pages"] = 1 } }]),
            TestContext.Current.CancellationToken);
        await made.BuildAsync([ExampleSystems.Print], Right.Access);
        var files = await made.UnpackAsync();

        var fields = Schema(files.Json("datapackage.json"), "print.jobs.csv")["fields"]!.AsArray();
        Assert.Equal(["string", "string", "string", "string"], fields.Select(field => (string?)field!["type"]));
        Assert.Contains("is no integer", (string?)fields[3]!["description"], StringComparison.Ordinal);
        Assert.Equal(["\"3\"", "\"x\""], files.Json("data/print/jobs.json").AsArray().Select(record => record!["pages"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_key_is_named_only_where_all_of_it_is_there()
    {
        Assert.Equal("""["id"]""", Schema((await BuildAsync("")).Package, "crm.customers.csv")["primaryKey"]!.ToJsonString());
        Assert.Null(Schema((await BuildAsync("portability/")).Package, "crm.customers.csv")["primaryKey"]);
    }

    [Fact]
    public async Task Purpose_basis_origin_and_right_are_said_in_the_privacy_vocabulary()
    {
        var (_, package) = await BuildAsync("");

        Assert.Equal("https://w3id.org/dpv#", (string?)package["@context"]!["dpv"]);
        Assert.Equal("https://w3id.org/dpv/legal/eu/gdpr#", (string?)package["@context"]!["eu-gdpr"]);
        Assert.Equal("eu-gdpr:A15", (string?)package["dpv:hasRight"]!["@id"]);
        var customers = Resource(package, "crm.customers.json");
        Assert.Equal("Purpose of customers", (string?)customers["dpv:hasPurpose"]![0]!["description"]);
        Assert.Equal("eu-gdpr:A6-1-b", (string?)customers["dpv:hasLegalBasis"]!["@id"]);
        var fields = customers["schema"]!["fields"]!.AsArray().ToDictionary(field => (string)field!["name"]!, field => field!);
        Assert.Equal("dpv:InferredPersonalData", (string?)fields["score"]["@type"]);
        Assert.Equal("dpv:ProvidedPersonalData", (string?)fields["name"]["@type"]);
        Assert.Equal("eu-gdpr:A6-1-a", (string?)fields["newsletter"]["dpv:hasLegalBasis"]!["@id"]);
        Assert.Equal("eu-gdpr:A20", (string?)(await BuildAsync("portability/")).Package["dpv:hasRight"]!["@id"]);
    }

    private static void CheckResource(JsonNode resource, string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        Assert.Matches(NameRule(), (string)resource["name"]!);
        Assert.Matches(PathRule(), (string)resource["path"]!);
        Assert.Matches(HashRule(), (string)resource["hash"]!);
        Assert.Matches("^(.+)/(.+)$", (string)resource["mediatype"]!);
        Assert.Equal("utf-8", (string?)resource["encoding"]);
        Assert.Null(resource["data"]);
        var content = files[folder + (string)resource["path"]!];
        Assert.Equal(content.Length, (long)resource["bytes"]!);
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)), (string?)resource["hash"]);
        if ((string?)resource["type"] == "table")
            CheckSchema(resource["schema"]!);
        else
            Assert.Null(resource["type"]);
    }

    private static void CheckSchema(JsonNode schema)
    {
        var fields = schema["fields"]!.AsArray();
        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.Contains((string?)field!["type"], Types));
        Assert.All(fields, field => Assert.NotEmpty((string)field!["title"]! + (string)field["description"]!));
        var names = fields.Select(field => (string)field!["name"]!).ToList();
        Assert.Distinct(names);
        Assert.All(schema["primaryKey"]?.AsArray() ?? [], key => Assert.Contains((string)key!, names));
    }

    private static JsonNode Resource(JsonNode package, string name) =>
        package["resources"]!.AsArray().Single(resource => (string?)resource!["name"] == name)!;

    private static JsonNode Schema(JsonNode package, string name) => Resource(package, name)["schema"]!;

    private async Task<(IReadOnlyDictionary<string, byte[]> Files, JsonNode Package)> BuildAsync(string folder)
    {
        await bundle.StageAsync(
            ExampleSystems.Crm,
            ["""{"id":7,"name":"Ada","email":"ada@reader.example","newsletter":true,"score":0.75}"""],
            ["""{"id":1,"text":"a"}"""]);
        await bundle.StageAsync(ExampleSystems.Print, [["""{"id":"j1","at":"2026-03-01T10:22:11Z","document":"Café.pdf","pages":3}"""]]);
        await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access, Right.Portability);
        var files = await bundle.UnpackAsync();
        return (files, files.Json(folder + "datapackage.json"));
    }
}
