using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

/// <summary>What every connector kind holds to. A kind's own tests derive from this and fill a source of that kind.</summary>
[Collection(Measured)]
public abstract class ConnectorContract
{
    /// <summary>Alone, because memory is measured.</summary>
    public const string Measured = "Measured connectors";

    protected const string Secret = "s3cret-passphrase";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected static Identifiers Ann { get; } = Identifiers.None.With("email", "ann.lee@brightwater.example").With("login", "ann.lee");

    /// <summary>Fills a source with these events, in this order, and tells the setting that leads there.</summary>
    protected abstract Task<ConfigurationManager> FillAsync(IEnumerable<SampleEvent> events);

    /// <summary>The system and its one table, whose fields include id, login and, where the kind can hold it, email.</summary>
    protected abstract SystemOfRecord System { get; }

    /// <summary>Settings that lead nowhere and hold <see cref="Secret"/>.</summary>
    protected abstract ConfigurationManager Unavailable();

    /// <summary>Where the kind gives a record its number.</summary>
    protected virtual Func<JsonElement, int> IdOf => record => record.GetProperty("id").GetInt32();

    [Fact]
    public async Task Finds_all_records_of_the_person_and_no_others()
    {
        var taken = await ExportAsync(await FillAsync(SampleEvent.Resembling()), Ann);
        Assert.Equal(SampleEvent.Resembling().Where(one => one.IsAnns).Select(one => one.Id), taken.Ids.Order());
        Assert.Equal(taken.Ids.Count, taken.AtSource);
    }

    [Fact]
    public async Task Given_nothing_of_the_person_When_exported_Then_it_is_empty()
    {
        var nobody = Identifiers.None.With("email", "nobody@example.com").With("login", "nobody");
        var taken = await ExportAsync(await FillAsync(SampleEvent.Resembling()), nobody);
        Assert.Equal((0L, 0), (taken.AtSource, taken.Bytes.Length));
    }

    [Fact]
    public async Task Given_no_identifier_that_the_table_is_searched_by_When_exported_Then_it_is_empty()
    {
        var taken = await ExportAsync(await FillAsync(SampleEvent.Resembling()), Identifiers.None.With("customer-id", "1"));
        Assert.Equal((0L, 0), (taken.AtSource, taken.Bytes.Length));
    }

    [Fact]
    public async Task The_same_data_gives_the_same_bytes_with_the_fields_in_order()
    {
        var settings = await FillAsync(SampleEvent.Many(3_000));
        var (first, second) = (await ExportAsync(settings, Ann), await ExportAsync(settings, Ann));
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal(1_000, first.AtSource);
        Assert.Equal(first.Ids.Order(), first.Ids);
        var fields = System.Tables[0].Fields.Select(field => field.Name);
        Assert.All(first.Records, record => Assert.Equal(fields, record.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task Given_a_cancelled_token_When_exported_Then_it_stops()
    {
        var source = TestConnectors.Over(await FillAsync(SampleEvent.Many(30_000))).Open(System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writer = new StoppingWriter(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ExportAsync(System.Tables[0], Ann, writer, stop.Token));
        Assert.Equal(1, writer.Calls);
    }

    [Fact]
    public async Task Given_an_unavailable_source_When_exported_Then_the_failure_says_so_without_secrets()
    {
        var source = TestConnectors.Over(Unavailable()).Open(System);
        var failure = await Assert.ThrowsAsync<CollectionException>(() =>
            source.ExportAsync(System.Tables[0], Ann, new RecordingWriter(), Cancellation));
        Assert.StartsWith(System.Key + ":", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
        Assert.Null(failure.InnerException);
        AssertTellsNothing(failure);
    }

    [Fact]
    public async Task Given_a_source_that_answers_When_checked_Then_all_is_well() =>
        await TestConnectors.Over(await FillAsync(SampleEvent.Resembling())).Open(System).CheckAsync(Cancellation);

    [Fact]
    public async Task Given_an_unavailable_source_When_checked_Then_the_failure_says_so_without_secrets()
    {
        var failure = await Assert.ThrowsAsync<CollectionException>(() =>
            TestConnectors.Over(Unavailable()).Open(System).CheckAsync(Cancellation));
        Assert.StartsWith(System.Key + ":", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
        AssertTellsNothing(failure);
    }

    [Fact]
    public void Given_no_setting_When_opened_Then_the_failure_names_it()
    {
        var failure = Assert.Throws<CollectionException>(() => TestConnectors.Over(new ConfigurationManager()).Open(System));
        Assert.Contains(System.Connector.Connection, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public void Given_a_setting_that_makes_no_sense_When_opened_Then_the_failure_does_not_repeat_it()
    {
        var failure = Assert.Throws<CollectionException>(() =>
            TestConnectors.Over(new ConfigurationManager { [System.Connector.Connection] = $"{Secret} is no connection" }).Open(System));
        AssertTellsNothing(failure);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Two_hundred_thousand_records_pass_in_bounded_memory()
    {
        var source = TestConnectors.Over(await FillAsync(SampleEvent.Many(200_000, everyOne: true))).Open(System);
        GC.Collect();
        var writer = new MeasuringWriter(GC.GetTotalMemory(forceFullCollection: true));
        var atSource = await source.ExportAsync(System.Tables[0], Ann, writer, Cancellation);
        Assert.Equal((200_000L, 200_000L), (atSource, writer.Records));
        Assert.InRange(writer.Growth, long.MinValue, 48L * 1024 * 1024);
    }

    protected async Task<Taken> ExportAsync(ConfigurationManager settings, Identifiers person, SystemTable? table = null)
    {
        var writer = new RecordingWriter();
        var atSource = await TestConnectors.Over(settings)
            .Open(System)
            .ExportAsync(table ?? System.Tables[0], person, writer, Cancellation);
        return new Taken(atSource, writer.Bytes, IdOf) { Malformed = writer.Malformed };
    }

    protected static void AssertTellsNothing(CollectionException failure)
    {
        foreach (var secret in new[] { Secret, "ann.lee", "brightwater" })
            Assert.DoesNotContain(secret, failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    protected sealed record Taken(long AtSource, byte[] Bytes, Func<JsonElement, int> IdOf)
    {
        public IReadOnlyList<JsonElement> Records { get; } =
            [.. Encoding.UTF8.GetString(Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)];

        public IReadOnlyList<int> Ids => [.. Records.Select(IdOf)];

        /// <summary>How many values of a field are not of its type.</summary>
        public Dictionary<string, long> Malformed { get; init; } = [];
    }

    private sealed class StoppingWriter(CancellationTokenSource stop) : IRecordWriter
    {
        public int Calls { get; private set; }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
        {
            Calls++;
            await stop.CancelAsync();
        }
    }

    private sealed class MeasuringWriter(long before) : IRecordWriter
    {
        private long next;

        public long Records { get; private set; }

        public long Growth { get; private set; }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
        {
            Records += lines.Span.Count((byte)'\n');
            if (Records >= next)
            {
                Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - before);
                next = Records + 40_000;
            }
            return ValueTask.CompletedTask;
        }
    }
}

[CollectionDefinition(ConnectorContract.Measured, DisableParallelization = true)]
public sealed class MeasuredConnectors;
