using System.Text;
using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Identities;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Connectors;

namespace Spectrum.PrivacyFlows.Tests.Identities;

public sealed class PersonFinderTests
{
    private readonly List<SystemOfRecord> systems = [];
    private readonly MemoryConnector memory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Identifiers_lead_from_system_to_system_until_nothing_new_comes()
    {
        // The last system in the order of keys is the one to begin with, so that one pass is not enough.
        Add("c", "find: email=email", "identifies: number=customer-id", """{"email":"Ann@x.example","number":"7"}""");
        Add("b", "find: number=customer-id", "identifies: second=email", """{"number":"7","second":"ann2@x.example"}""");
        Add(
            "a", "find: mail=email", "identifies: login=login", """{"mail":"ANN2@x.example","login":"ann"}""",
            """{"mail":"bob@x.example","login":"bob"}""");
        Assert.Equal(
            """{"customer-id":["7"],"email":["ann2@x.example","ann@x.example"],"login":["ann"]}""",
            (await FindAsync("ann@X.example")).ToJson());
    }

    [Fact]
    public async Task Given_nobody_of_that_address_When_searched_Then_the_address_is_all()
    {
        Add(
            "a",
            "find: email=email",
            "identifies: login=login",
            """{"email":"joann@x.example","login":"joann"}""",
            """{"email":"","login":""}""");
        Assert.Equal("""{"email":["ann@x.example"]}""", (await FindAsync("ann@x.example")).ToJson());
    }

    [Fact]
    public async Task Given_a_second_address_that_two_people_share_When_searched_Then_neither_gets_the_others()
    {
        Add("a", "find: email=email second=email number=customer-id", "identifies: email=email second=email number=customer-id login=login",
            """{"email":"ann@x.example","second":"office@x.example","number":"1","login":"ann"}""",
            """{"email":"bob@x.example","second":"office@x.example","number":"2","login":"bob"}""");
        Add("b", "find: mail=email", "identifies: card=card", """{"mail":"office@x.example","card":"9"}""");
        Assert.Equal("""{"customer-id":["1"],"email":["ann@x.example"],"login":["ann"]}""", (await FindAsync("ann@x.example")).ToJson());
        Assert.Equal("""{"customer-id":["2"],"email":["bob@x.example"],"login":["bob"]}""", (await FindAsync("bob@x.example")).ToJson());
        Assert.False((await Assert.ThrowsAsync<CollectionException>(() => FindAsync("office@x.example"))).IsTransient);
    }

    [Fact]
    public async Task Given_a_login_that_two_people_share_When_searched_Then_it_is_not_searched_by()
    {
        Add("a", "find: email=email", "identifies: number=customer-id login=login",
            """{"email":"ann@x.example","number":"1","login":"reception"}""",
            """{"email":"bob@x.example","number":"2","login":"reception"}""");
        Assert.Equal("""{"customer-id":["1"],"email":["ann@x.example"]}""", (await FindAsync("ann@x.example")).ToJson());
    }

    [Fact]
    public async Task Given_an_address_that_a_later_system_shows_to_be_shared_When_searched_Then_what_it_led_to_is_forgotten()
    {
        Add(
            "a",
            "find: email=email",
            "identifies: number=customer-id second=email",
            """{"email":"ann@x.example","number":"1","second":"team@x.example"}""");
        Add("b", "find: mail=email", "identifies: card=card", """{"mail":"team@x.example","card":"9"}""");
        Add(
            "c", "find: number=customer-id mail=email", "identifies: mail=email number=customer-id",
            """{"number":"1","mail":"team@x.example"}""", """{"number":"2","mail":"team@x.example"}""");
        Assert.Equal("""{"customer-id":["1"],"email":["ann@x.example"]}""", (await FindAsync("ann@x.example")).ToJson());
    }

    [Fact]
    public async Task Given_many_records_of_one_person_When_searched_Then_they_are_one()
    {
        Add("a", "find: number=customer-id email=email", "identifies: number=customer-id login=login",
            """{"email":"ann@x.example","number":"1","login":"ann"}""", """{"email":"ann@x.example","number":"1","login":"ann.admin"}""");
        Assert.Equal(
            """{"customer-id":["1"],"email":["ann@x.example"],"login":["ann","ann.admin"]}""", (await FindAsync("ann@x.example")).ToJson());
    }

    [Fact]
    public async Task Given_records_without_a_number_When_they_share_an_address_Then_they_are_not_taken_for_one_person()
    {
        Add("a", "find: email=email second=email number=customer-id", "identifies: email=email second=email number=customer-id",
            """{"id":"r1","email":"ann@x.example","second":"office@x.example","number":null}""",
            """{"id":"r2","email":"bob@x.example","second":"office@x.example","number":null}""");
        Assert.Equal("""{"email":["ann@x.example"]}""", (await FindAsync("ann@x.example")).ToJson());
    }

    [Fact]
    public async Task Given_records_that_lead_on_for_ever_When_searched_Then_it_ends_and_says_so()
    {
        memory.Endless = true;
        Add("a", "find: login=login email=email", "identifies: login=login");
        systems[0] = systems[0] with
        {
            Tables = [systems[0].Tables[0] with { Find = [new("login", "login"), new("email", "email")], Key = ["email"] }],
        };
        var failure = await Assert.ThrowsAsync<CollectionException>(() => FindAsync("ann@x.example"));
        Assert.DoesNotContain("ann", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public void Identifiers_keep_their_text_whatever_the_order_they_came_in()
    {
        var one =
            Identifiers.None.With("login", "b").With("email", "Ann@X.example").With("login", "a").With("login", " ").With("login", "");
        var other = Identifiers.None.With("login", "a").With("login", "b").With("email", "ann@x.example");
        Assert.Equal(one.ToJson(), other.ToJson());
        Assert.Equal(one.ToJson(), Identifiers.FromJson(one.ToJson()).ToJson());
        Assert.True(one.Has("email", "ANN@x.example"));
        Assert.False(one.Has("login", "A"));
        Assert.Equal(other.ToJson(), one.Without("email", "zoe@x.example").ToJson());
        Assert.Equal("""{"email":["ann@x.example"],"login":["b"]}""", one.Without("login", "a").ToJson());
        Assert.DoesNotContain("ann", one.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.ThrowsAny<JsonException>(() => Identifiers.FromJson("[]"));
    }

    private Task<Identifiers> FindAsync(string address) =>
        new PersonFinder(new ConnectorSet([memory]), new DataMapCatalogue(systems)).FindAsync(new EmailAddress(address), Cancellation);

    private void Add(string key, string find, string identifies, params string[] records)
    {
        static List<FindBy> Parse(string text) =>
            [.. text.Split(' ')[1..].Select(pair => pair.Split('=')).Select(pair => new FindBy(pair[0], pair[1]))];
        var fields = Parse(find).Concat(Parse(identifies))
            .Select(by => by.Field)
            .Append("id")
            .Distinct()
            .Select(name => (name, FieldType.String))
            .ToArray();
        var table = TestSystem.Table("people", "id", Parse(find), [], fields) with { Identifies = Parse(identifies) };
        systems.Add(TestSystem.Of("Memory", [], table) with { Key = key });
        memory.Records[key] = [.. records.Select(text => JsonSerializer.Deserialize<Dictionary<string, string?>>(text)!)];
    }

    /// <summary>A connector over records in memory, with the contract's idea of whose a record is.</summary>
    private sealed class MemoryConnector : IConnector
    {
        private int made;

        public Dictionary<string, List<Dictionary<string, string?>>> Records { get; } = [];

        /// <summary>Each search finds a record that gives one more login.</summary>
        public bool Endless { get; set; }

        public ConnectorKind Kind => new("Memory", [], []);

        public IRecordSource Open(SystemOfRecord system) => new Source(this, system.Key);

        private sealed class Source(MemoryConnector memory, string key) : IRecordSource
        {
            public async Task<long> ExportAsync(SystemTable table, Identifiers person, IRecordWriter writer, CancellationToken cancellation)
            {
                if (memory.Endless)
                    memory.Records[key].Add(new() { ["email"] = "ann@x.example", ["login"] = $"l{memory.made++}", ["id"] = "1" });
                var found = memory.Records[key].Where(record => table.Find.Any(find =>
                    record.GetValueOrDefault(find.Field) is { Length: > 0 } value && person.Has(find.Identifier, value))).ToList();
                foreach (var record in found)
                {
                    var all = table.Fields.ToDictionary(field => field.Name, field => record.GetValueOrDefault(field.Name));
                    await writer.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(all) + "\n"), cancellation);
                }
                return found.Count;
            }

            public Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;
        }
    }
}
