using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Backups;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Operations;

/// <summary>A copy of a table brings back every row that is missing, as it was, and touches none that is there.</summary>
public sealed partial class TableBackupsTests(AzuriteFixture azurite)
{
    private static readonly DateOnly Day = new(2026, 11, 26);
    private readonly string table = $"Copied{Random.Shared.Next()}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CaseAccount Storage => new(new BlobServiceClient(azurite.ConnectionString), new TableServiceClient(azurite.ConnectionString));

    private TableBackups Backups => new(Storage);

    private TableClient Table => Storage.Tables.GetTableClient(table);

    [Fact]
    public async Task Given_a_table_that_is_gone_When_restored_Then_every_row_and_type_is_back()
    {
        await FillAsync(250);
        var before = await RowsAsync();
        Assert.Equal(251, await Backups.BackUpAsync(Day, table, Cancellation));
        foreach (var row in await Table.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation))
            await Table.DeleteEntityAsync(row, cancellationToken: Cancellation);
        Assert.Equal(251, await Backups.RestoreAsync(Day, table, Cancellation));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task Given_rows_that_changed_since_When_restored_Then_only_the_missing_ones_come_back_and_twice_is_once()
    {
        await FillAsync(120);
        await Backups.BackUpAsync(Day, table, Cancellation);
        await Table.UpsertEntityAsync(new TableEntity("p0", "0001") { ["Text"] = "newer" }, TableUpdateMode.Replace, Cancellation);
        await Table.DeleteEntityAsync("p0", "0002", cancellationToken: Cancellation);
        Assert.Equal(1, await Backups.RestoreAsync(Day, table, Cancellation));
        Assert.Equal(0, await Backups.RestoreAsync(Day, table, Cancellation));
        Assert.Equal("newer", (await Table.GetEntityAsync<TableEntity>("p0", "0001", cancellationToken: Cancellation)).Value["Text"]);
        Assert.Equal("row 2", (await Table.GetEntityAsync<TableEntity>("p0", "0002", cancellationToken: Cancellation)).Value["Text"]);
    }

    [Fact]
    public async Task Given_no_copy_of_that_day_Then_it_says_so() =>
        Assert.Equal(
            $"There is no whole copy of the table {table} of 2026-11-25.",
            (await Assert.ThrowsAsync<BackupNotFoundException>(() => Backups.RestoreAsync(Day.AddDays(-1), table, Cancellation))).Message);

    [Fact]
    public async Task Given_a_whole_copy_of_the_day_When_backed_up_again_after_a_loss_Then_it_stays()
    {
        await FillAsync(10);
        await Backups.BackUpAsync(Day, table, Cancellation);
        foreach (var row in await Table.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation))
            await Table.DeleteEntityAsync(row, cancellationToken: Cancellation);
        Assert.Equal(11, await Backups.BackUpAsync(Day, table, Cancellation));
        Assert.Equal(11, await Backups.RestoreAsync(Day, table, Cancellation));
    }

    [Fact]
    public async Task Given_a_copy_that_a_crash_cut_short_Then_it_is_none()
    {
        await FillAsync(10);
        await Backups.BackUpAsync(Day, table, Cancellation);
        var blob = Storage.Blobs.GetBlobContainerClient("backups").GetBlobClient($"2026-11-26/{table}.ndjson.gz");
        await blob.SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: Cancellation);
        await Assert.ThrowsAsync<BackupNotFoundException>(() => Backups.RestoreAsync(Day, table, Cancellation));
        Assert.Equal(11, await Backups.BackUpAsync(Day, table, Cancellation));
        Assert.Equal(0, await Backups.RestoreAsync(Day, table, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"a\":[\"s\"]}")]
    [InlineData("{\"a\":[\"i\",\"secret\"]}")]
    [InlineData("{\"a\":[\"?\",\"1\"]}")]
    public void Given_a_line_that_is_no_row_Then_it_says_so_without_repeating_it(string line) =>
        Assert.Equal("A line of the backup is no row.", Assert.Throws<FormatException>(() => RowText.Read(line)).Message);

    [Fact]
    public void Every_table_that_the_app_uses_is_backed_up()
    {
        var used = SourceTree.App
            .SelectMany(tree => TableName().Matches(tree.ToString()))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .Order();
        Assert.Equal(used, BackedUpTables.Names.Order());
    }

    private async Task FillAsync(int rows)
    {
        await Table.CreateAsync(Cancellation);
        for (var number = 0; number < rows; number++)
            await Table.AddEntityAsync(
                new TableEntity($"p{number / 110}", $"{number:D4}") { ["Text"] = $"row {number}", ["Number"] = number }, Cancellation);
        await Table.AddEntityAsync(new TableEntity("types", "all")
        {
            ["Text"] = "Zoë said “hello”\n\t\u0001",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = 0.1 + 0.2,
            ["Flag"] = true,
            ["Moment"] = new DateTimeOffset(2026, 3, 29, 1, 30, 0, 123, TimeSpan.FromHours(1)).AddTicks(4567),
            ["Guid"] = new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            ["Bytes"] = new byte[] { 0, 255, 10 },
        }, Cancellation);
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = await Table.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation);
        return [.. rows.Select(row => string.Join('|', row
            .Where(property => property.Key is not ("odata.etag" or "Timestamp"))
            .OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => $"{property.Key}:{property.Value.GetType().Name}={Text(property.Value)}")))];
    }

    private static object Text(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    [GeneratedRegex("storage\\.Tables, \"(?<name>[A-Za-z]+)\"\\)")]
    private static partial Regex TableName();
}
