using System.Text;
using Spectrum.PrivacyFlows.Connectors.BlobLog;
using Spectrum.PrivacyFlows.Connectors.Sql;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.DataMap.Loading;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.DataMap;

public sealed class DataMapMistakesTests : IDisposable
{
    private const string Right = """
        name: Sales
        description: What was sold.
        owner: { name: Sales team, email: sales@example.com }
        connector:
          kind: Sql
          connection: Systems:Sales
          options: { dialect: sqlite }
        tables:
          - name: orders
            title: Orders
            description: Orders.
            categories: [Orders]
            purposes: [To sell]
            legal-basis: contract
            recipients: [Nobody]
            sources: [You]
            retention: A year.
            key: [id]
            find: { email: email }
            fields:
              - { name: id, title: Number, description: Its number., type: integer, origin: observed }
              - { name: email, title: Email, description: Yours., type: string, origin: provided, legal-basis: consent }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("datamap-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Given_no_mistake_When_loaded_Then_it_is_all_there()
    {
        Write("sales", Right);
        var system = Load()["sales"];
        Assert.Equal(
            ("Sales", "sales@example.com", "Systems:Sales", "sqlite"),
            (system.Name, system.Owner.Email, system.Connector.Connection, system.Connector.Options["dialect"]));
        Assert.Equal(PrivacyFlows.DataMap.LegalBasis.Consent, system.Tables[0].Fields[1].LegalBasis);
        Assert.Null(system.Tables[0].Fields[0].LegalBasis);
        Assert.Empty(system.Tables[0].Identifies);
    }

    [Theory]
    [InlineData("name: Sales", "nmae: Sales", 1, 1, "'nmae' is no key of a system")]
    [InlineData("name: Sales\n", "", 1, 1, "'name' is missing")]
    [InlineData("name: Sales", "name: ''", 1, 7, "'name' must not be empty")]
    [InlineData("name: Sales", "name: [Sales]", 1, 7, "'name' must be a text")]
    [InlineData("name: Sales", "name: ~", 1, 7, "'name' must not be empty")]
    [InlineData("name: Sales", "name: Sales\nname: More", 2, 1, "not valid YAML")]
    [InlineData("email: sales@example.com", "email: sales", 3, 35, "'email' must be one email address")]
    [InlineData("{ name: Sales team, email: sales@example.com }", "us", 3, 8, "'owner' must be a mapping")]
    [InlineData("kind: Sql", "kind: Cobol", 5, 9, "no connector kind 'Cobol'; there are BlobLog, Sql")]
    [InlineData("connection: Systems:Sales", "connection: Server=db;Password=x", 6, 15, "the connection itself stays out")]
    [InlineData("dialect: sqlite", "dialect: oracle", 7, 14, "'dialect' must be one of sqlite, postgresql")]
    [InlineData("dialect: sqlite", "dialekt: sqlite", 7, 14, "'dialekt' is no option here")]
    [InlineData("  options: { dialect: sqlite }\n", "", 5, 3, "The option 'dialect' is missing")]
    [InlineData("name: orders", "name: Orders!", 9, 11, "'name' must be 1 to 60 lowercase")]
    [InlineData("categories: [Orders]", "categories: []", 12, 17, "'categories' must be a list with at least one item")]
    [InlineData("categories: [Orders]", "categories: Orders", 12, 17, "'categories' must be a list with at least one item")]
    [InlineData(
        "legal-basis: contract", "legal-basis: Contract", 14, 18, "'legal-basis' must be one of consent, contract, legal-obligation")]
    [InlineData("key: [id]", "key: [number]", 18, 10, "'key' names 'number', which is no field")]
    [InlineData("key: [id]", "key: [id, id]", 18, 10, "'key' names a field twice")]
    [InlineData("find: { email: email }", "find: { mail: email }", 19, 13, "'find' names 'mail', which is no field")]
    [InlineData("find: { email: email }", "find: { email: E-Mail }", 19, 13, "A kind of identifier is")]
    [InlineData("find: { email: email }", "find: { email: email }\n    identifies: { x: email }", 20, 19, "'identifies' names 'x'")]
    [InlineData("find: { email: email }", "find: { email: login }", 0, 0, "searched by 'login', which no table 'identifies'")]
    [InlineData("retention: A year.", "retention: A year.\n    malformed-limit: 101", 18, 22, "a whole number from 0 to 100")]
    [InlineData("retention: A year.", "retention: A year.\n    malformed-limit: -1", 18, 22, "a whole number from 0 to 100")]
    [InlineData("retention: A year.", "retention: A year.\n    matching: { login: { case: ignored } }", 18, 17, "not searched")]
    [InlineData("retention: A year.", "retention: A year.\n    matching: { email: { case: exact } }", 18, 17, "one rule for all")]
    [InlineData("type: integer", "type: int", 21, 68, "'type' must be one of string, integer, number, boolean, date, datetime")]
    [InlineData("origin: provided", "origin: stolen", 22, 81, "'origin' must be one of provided, observed, derived, inferred")]
    [InlineData("name: email,", "name: id,", 22, 17, "The field 'id' is there twice")]
    [InlineData("title: Email, ", "", 22, 9, "'title' is missing; a field must have it")]
    [InlineData("retention: A year.", "retention: &x A year.", 17, 16, "An anchor")]
    [InlineData("retention: A year.", "retention: !!str A year.", 17, 16, "A tag")]
    [InlineData("retention: A year.", "retention: *x", 17, 16, "An alias")]
    [InlineData("retention: A year.", "<<: { retention: A year. }", 17, 5, "'<<' is no key of a table")]
    [InlineData("retention: A year.", "retention: \"A year", 17, 16, "not valid YAML")]
    [InlineData("retention: A year.", "retention:\tA year: x", 17, 0, "not valid YAML")]
    public void Given_a_mistake_When_loaded_Then_its_place_and_reason_are_told(
        string right, string wrong, int line, int column, string reason)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        Write("sales", ReplaceFirst(Right, right, wrong));
        var error = Assert.Throws<DataMapException>(Load).Errors[0];
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(("sales.yaml", (long)line), (error.File, error.Line));
        if (column > 0)
            Assert.Equal(column, error.Column);
    }

    [Fact]
    public void Given_many_mistakes_in_many_files_When_loaded_Then_all_are_told_at_once()
    {
        Write("one", Right.Replace("contract", "mood", StringComparison.Ordinal).Replace("sqlite", "oracle", StringComparison.Ordinal));
        Write(
            "two",
            Right.Replace("provided", "stolen", StringComparison.Ordinal)
                .Replace("title: Orders\n", "titel: Orders\n", StringComparison.Ordinal));
        Write("three", "just text");
        var thrown = Assert.Throws<DataMapException>(Load);
        Assert.Equal(6, thrown.Errors.Count);
        Assert.DoesNotContain('\n', thrown.Message); // The Functions host shows the first line only.
        Assert.All(thrown.Errors, error => Assert.Contains(error.ToString(), thrown.Message, StringComparison.Ordinal));
        Assert.Contains("one.yaml(14,18): 'legal-basis' must be one of", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sales")]
    [InlineData("1sales")]
    [InlineData("sales_system")]
    [InlineData("a-name-that-is-much-too-long-for-a-folder-in-a-bundle")]
    public void Given_a_file_name_that_is_no_key_When_loaded_Then_it_is_told(string name)
    {
        Write(name, Right);
        Assert.Contains("A file's name", Assert.Single(Assert.Throws<DataMapException>(Load).Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_field_that_the_format_does_not_give_When_loaded_Then_the_fields_it_gives_are_told()
    {
        var logs = Right.Replace("kind: Sql", "kind: BlobLog", StringComparison.Ordinal)
            .Replace("dialect: sqlite", "container: logs", StringComparison.Ordinal)
            .Replace("    fields:", "    options: { format: combined }\n    fields:", StringComparison.Ordinal);
        Write("logs", logs);
        var errors = Assert.Throws<DataMapException>(Load).Errors;
        Assert.Contains(errors, error => error.Reason.Contains("has no field 'email'; it has blob, line, ip", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_an_empty_folder_or_none_When_loaded_Then_it_is_told()
    {
        Assert.Contains("no *.yaml", Assert.Throws<DataMapException>(Load).Message, StringComparison.Ordinal);
        Assert.Throws<DataMapException>(() => new DataMapLoader([SqlConnector.Rules]).Load(Path.Combine(folder, "missing")));
    }

    [Fact]
    public void Given_too_much_When_loaded_Then_it_is_refused()
    {
        AssertRefused(Right + new string('#', DataMapLimits.FileBytes), "larger than 1 MB");
        AssertRefused(
            Right.Replace("To sell", new string('x', DataMapLimits.TextLength + 1), StringComparison.Ordinal),
            "longer than 2000 characters");
        AssertRefused(
            Right.Replace("[To sell]", $"[{string.Join(',', Enumerable.Repeat("x", DataMapLimits.Texts + 1))}]", StringComparison.Ordinal),
            "more than 50 items");
        var fields = string.Concat(Enumerable.Range(0, DataMapLimits.Fields)
            .Select(i => $"\n      - {{ name: f{i}, title: F, description: F., type: string, origin: observed }}"));
        AssertRefused(Right + fields, "'fields' has more than 500 items");
    }

    [Fact]
    public void Given_hostile_yaml_When_loaded_Then_it_is_refused_at_little_cost()
    {
        AssertRefused(string.Concat(Enumerable.Repeat("[", 400_000)), "nested more than 10 levels");
        AssertRefused(string.Concat(Enumerable.Repeat("{a: ", 200_000)), "nested more than 10 levels");
        AssertRefused(string.Concat(Enumerable.Repeat("- ", 100_000)), "nested more than 10 levels");
        AssertRefused("a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n", "An anchor");
        AssertRefused("!!python/object/apply:os.system [ls]", "A tag");
        AssertRefused("a: b\n---\na: b\n", "more than one document");
        AssertRefused("", "Holds no");
        Write("binary", [0xC3, 0x28, 0x00, 0xFF]);
        Assert.Contains("not UTF-8", Assert.Throws<DataMapException>(Load).Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string text, string reason)
    {
        Write("sales", text);
        Assert.Contains(Assert.Throws<DataMapException>(Load).Errors, error => error.Reason.Contains(reason, StringComparison.Ordinal));
    }

    private static string ReplaceFirst(string text, string old, string with)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + with + text[(at + old.Length)..];
    }

    private void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(folder, name + ".yaml"), content);

    private PrivacyFlows.DataMap.DataMapCatalogue Load() => new DataMapLoader([SqlConnector.Rules, BlobLogConnector.Rules]).Load(folder);
}
