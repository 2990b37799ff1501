using System.Globalization;
using System.IO.Compression;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Operations.Backups;

/// <summary>
/// Copies of the tables, in the container <c>backups</c> beside them: <c>{yyyy-MM-dd}/{table}.ndjson.gz</c>, a row a line
/// (<see cref="RowText"/>). They hold what the tables hold, so they stay in the account of the cases, and infra/ deletes them after 35
/// days. A copy counts once its number of rows is written beside it, which is last: one that a crash cut short is none.
/// </summary>
public sealed class TableBackups(CaseAccount storage)
{
    private const string Container = "backups";
    private const string RowCount = "rows";
    private const int BatchRows = 100; // As many as one transaction may hold.

    /// <summary>
    /// Copies a table, unless there is a whole copy of that day: it may be all that is left of what somebody deleted since. Rows that
    /// change meanwhile are taken as they are met.
    /// </summary>
    /// <returns>How many rows the copy has.</returns>
    public async Task<long> BackUpAsync(DateOnly day, string table, CancellationToken cancellation = default)
    {
        var container = storage.Blobs.GetBlobContainerClient(Container);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var blob = container.GetBlockBlobClient(Name(day, table));
        if (await RowsOfWholeAsync(blob, cancellation) is { } there)
            return there;
        var rows = 0L;
        await using (var stream = await blob.OpenWriteAsync(
            overwrite: true, new BlockBlobOpenWriteOptions { BufferSize = 4 << 20 }, cancellation))
        await using (var zip = new GZipStream(stream, CompressionLevel.Fastest))
        await using (var text = new StreamWriter(zip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            await foreach (var row in RowsAsync(table, cancellation))
            {
                await text.WriteLineAsync(RowText.Write(row).AsMemory(), cancellation);
                rows++;
            }
        }
        await blob.SetMetadataAsync(
            new Dictionary<string, string> { [RowCount] = rows.ToString(CultureInfo.InvariantCulture) }, cancellationToken: cancellation);
        return rows;
    }

    /// <summary>
    /// Puts back the rows that are missing, and changes none that is there: safe to repeat, and nothing newer is lost to it. Whoever wants
    /// a row as it was deletes it first.
    /// </summary>
    /// <returns>How many rows were put back.</returns>
    /// <exception cref="BackupNotFoundException">There is no whole copy of that day.</exception>
    /// <exception cref="FormatException">The copy cannot be read.</exception>
    public async Task<long> RestoreAsync(DateOnly day, string table, CancellationToken cancellation = default)
    {
        var client = storage.Tables.GetTableClient(table);
        await client.CreateIfNotExistsAsync(cancellation);
        await using var blob = await OpenAsync(day, table, cancellation);
        await using var zip = new GZipStream(blob, CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.UTF8);
        var (restored, batch) = (0L, new List<TableEntity>(BatchRows));
        while (await text.ReadLineAsync(cancellation) is { } line)
        {
            var row = RowText.Read(line);
            if (batch.Count == BatchRows || (batch.Count > 0 && batch[0].PartitionKey != row.PartitionKey))
                restored += await InsertAsync(client, batch, cancellation);
            batch.Add(row);
        }
        return restored + await InsertAsync(client, batch, cancellation);
    }

    /// <summary>The days of which there is a copy of every table, the newest last.</summary>
    public async Task<IReadOnlyList<DateOnly>> DaysAsync(CancellationToken cancellation = default)
    {
        var container = storage.Blobs.GetBlobContainerClient(Container);
        var copies = new Dictionary<DateOnly, int>();
        if (!await container.ExistsAsync(cancellation))
            return [];
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellation))
        {
            if (blob.Metadata.ContainsKey(RowCount)
                    && DateOnly.TryParseExact(
                        blob.Name.Split('/')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                copies[day] = copies.GetValueOrDefault(day) + 1;
        }
        return [.. copies.Where(copy => copy.Value == BackedUpTables.Names.Count).Select(copy => copy.Key).Order()];
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync(
        string table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var client = storage.Tables.GetTableClient(table);
        await client.CreateIfNotExistsAsync(cancellation);
        await foreach (var row in client.QueryAsync<TableEntity>(cancellationToken: cancellation))
            yield return row;
    }

    private async Task<Stream> OpenAsync(DateOnly day, string table, CancellationToken cancellation)
    {
        var blob = storage.Blobs.GetBlobContainerClient(Container).GetBlockBlobClient(Name(day, table));
        return await RowsOfWholeAsync(blob, cancellation) is null
            ? throw new BackupNotFoundException(day, table)
            : await blob.OpenReadAsync(cancellationToken: cancellation);
    }

    /// <summary>Null where there is no copy, or a crash cut it short.</summary>
    private static async Task<long?> RowsOfWholeAsync(BlockBlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellation);
            return properties.Value.Metadata.TryGetValue(RowCount, out var rows) ? long.Parse(rows, CultureInfo.InvariantCulture) : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>All at once where none of them is there, else one by one.</summary>
    private static async Task<long> InsertAsync(TableClient client, List<TableEntity> batch, CancellationToken cancellation)
    {
        var inserted = 0L;
        try
        {
            if (batch.Count > 0)
                await client.SubmitTransactionAsync(
                    batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellation);
            inserted = batch.Count;
        }
        catch (RequestFailedException refusal) when (refusal.Status is 409 or 413)
        {
            foreach (var row in batch)
                inserted += await InsertAsync(client, row, cancellation) ? 1 : 0;
        }
        batch.Clear();
        return inserted;
    }

    private static async Task<bool> InsertAsync(TableClient client, TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await client.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return false;
        }
    }

    private static string Name(DateOnly day, string table) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{table}.ndjson.gz");
}

/// <summary>There is no whole copy of that table of that day.</summary>
public sealed class BackupNotFoundException(DateOnly day, string table)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"There is no whole copy of the table {table} of {day:yyyy-MM-dd}."));
