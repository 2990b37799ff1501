using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Evidence;

namespace Spectrum.PrivacyFlows.Tests.Evidence;

/// <summary>
/// Somebody with access to the table changes a record of five lines; the verifier names the first line that does not hold.
/// </summary>
public sealed class TamperTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private readonly FreshCase @case = new(azurite);

    private TableClient Table => @case.Table("Evidence");

    [Theory]
    [InlineData("Text", "Step 3 was never done.")]
    [InlineData("Key", "step/9")]
    [InlineData("Fact0Name", "number")]
    [InlineData("Fact0Value", "4")]
    [InlineData("At", "2026-11-23T09:32:00.0000001Z")]
    [InlineData("Hash", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("PreviousHash", "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task S3_AlteredLine(string property, string value) =>
        await AssertBreakAsync(() => SetAsync(3, property, value), "Line 3 was altered after it was written.");

    [Theory]
    [InlineData("At", "yesterday")]
    [InlineData("Text", 3)]
    [InlineData("FactCount", 2)]
    public async Task S3_UnreadableLine_IsNamed_AndTheOthersCanBeRead(string property, object value)
    {
        await AssertBreakAsync(() => SetAsync(3, property, value), "Line 3 was altered: it can no longer be read.");
        Assert.Equal([1, 2, 4, 5], (await @case.LinesAsync()).Select(line => line.Number));
    }

    [Fact]
    public async Task S3_FactTakenAway() =>
        await AssertBreakAsync(() => SetAsync(3, "FactCount", 0), "Line 3 was altered after it was written.");

    [Fact]
    public async Task S3_MissingLine() => await AssertBreakAsync(() => DeleteAsync(3), "Line 3 is missing.");

    [Fact]
    public async Task S3_MissingLines() => await AssertBreakAsync(
        async () =>
        {
            await DeleteAsync(2);
            await DeleteAsync(3);
        },
        "Lines 2 to 3 are missing.");

    [Fact]
    public async Task S3_MissingBeginning() => await AssertBreakAsync(() => DeleteAsync(1), "Line 1 is missing.");

    [Fact]
    public async Task S3_EndCutOff() =>
        await AssertBreakAsync(() => DeleteAsync(5), "The end was cut off: 5 lines were written and 4 are there.");

    [Fact]
    public async Task S3_EverythingTakenAwayButTheHead() => await AssertBreakAsync(
        async () =>
        {
            for (var number = 1; number <= 5; number++)
                await DeleteAsync(number);
        },
        "The end was cut off: 5 lines were written and 0 are there.");

    [Fact]
    public async Task S3_HeadTakenAway() => await AssertBreakAsync(
        () => Table.DeleteEntityAsync(@case.Id.ToString(), "head", cancellationToken: Cancellation),
        "The head of the record is missing, so nobody can tell where it ended.");

    [Fact]
    public async Task S3_HeadSetBack() => await AssertBreakAsync(
        async () =>
        {
            var fourth = await RowAsync(4);
            var head = new TableEntity(@case.Id.ToString(), "head") { ["Count"] = 4, ["Hash"] = fourth.GetString("Hash") };
            await Table.UpsertEntityAsync(head, TableUpdateMode.Replace, Cancellation);
        },
        "Line 5 was added behind the end of the record.");

    [Fact]
    public async Task S3_SwappedLines() => await AssertBreakAsync(
        async () =>
        {
            var (second, fourth) = (await RowAsync(2), await RowAsync(4));
            (second.RowKey, fourth.RowKey) = (fourth.RowKey, second.RowKey);
            await PutAsync(second);
            await PutAsync(fourth);
        },
        "Line 2 was reordered: it was written as line 4.");

    [Fact]
    public async Task S3_LineOfAnotherCase()
    {
        var other = new FreshCase(azurite);
        await other.AppendAsync(3);
        await AssertBreakAsync(
            async () =>
            {
                var foreign =
                    (await Table.GetEntityAsync<TableEntity>(other.Id.ToString(), RowKey(3), cancellationToken: Cancellation)).Value;
                foreign.PartitionKey = @case.Id.ToString();
                await PutAsync(foreign);
            },
            $"Line 3 is foreign: it was written for {other.Id}.");
    }

    [Fact]
    public async Task S3_LineReplacedTogetherWithItsHash() => await AssertBreakAsync(
        async () =>
        {
            // Sound in itself, but the next one was chained to the first.
            var line = (await @case.LinesAsync())[2] with { Text = "Step 3 was skipped." };
            line = line with { Hash = EvidenceHash.Of(@case.Id.ToString(), line) };
            await PutAsync(EvidenceRow.ForLine(@case.Id.ToString(), line));
        },
        "Line 4 does not follow line 3: one of the two was replaced.");

    [Fact]
    public async Task S3_ForeignRowAmongTheLines() => await AssertBreakAsync(
        () => Table.AddEntityAsync(new TableEntity(@case.Id.ToString(), "00000000021"), Cancellation),
        "A row that is no line stands where line 3 should be.");

    private async Task AssertBreakAsync(Func<Task> tamper, string expected)
    {
        await @case.AppendAsync(5);
        Assert.Null(await @case.FindBreakAsync());
        await tamper();
        Assert.Equal(expected, await @case.FindBreakAsync());
    }

    private async Task SetAsync(int number, string property, object value)
    {
        var row = await RowAsync(number);
        Assert.NotEqual(value, row[property]);
        row[property] = value;
        await PutAsync(row);
    }

    private async Task<TableEntity> RowAsync(int number) =>
        (await Table.GetEntityAsync<TableEntity>(@case.Id.ToString(), RowKey(number), cancellationToken: Cancellation)).Value;

    private async Task PutAsync(TableEntity row) => await Table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);

    private async Task DeleteAsync(int number) =>
        await Table.DeleteEntityAsync(@case.Id.ToString(), RowKey(number), cancellationToken: Cancellation);

    private static string RowKey(int number) => $"{number:D10}";
}
