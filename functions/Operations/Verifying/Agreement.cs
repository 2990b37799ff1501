using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Operations.Verifying;

/// <summary>
/// Compares a case's record with what it vouches for: letters, links, answers, downloads and kept files. A row or file that is gone, or
/// a letter or link that somebody marked, shows here (S3). What is younger than a day is left to the next night, since a killed step may
/// not have been resumed yet. Holds the keys of one case in memory, some hundreds.
/// </summary>
public sealed class Agreement(CaseAccount storage, EvidenceLog record, Downloads downloads, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly TableOnFirstUse letters = new(storage.Tables, "Letters");
    private readonly TableOnFirstUse links = new(storage.Tables, "Links");
    private readonly TableOnFirstUse answers = new(storage.Tables, "Answers");

    /// <returns>What does not agree, each in words for the officer; empty where all does.</returns>
    public async Task<IReadOnlyList<string>> FindBreaksAsync(CaseId id, CancellationToken cancellation)
    {
        var settled = clock.GetUtcNow() - Patience;
        List<string> lines = [], fresh = [];
        // Until a time-out was an answer like another, "not confirmed" had a line and no answer.
        await foreach (var line in record.ReadAsync(id, cancellation).Where(line => !IsTimeout(line)))
            (line.At < settled ? lines : fresh).Add(line.Key);
        return
        [
            .. await LettersAsync(id, lines, fresh, settled, cancellation),
            .. await LinksAsync(id, lines, fresh, settled, cancellation),
            .. await AnswersAsync(id, lines, cancellation),
            .. await DownloadsAsync(id, lines, cancellation),
            .. await FilesAsync(id, lines, cancellation),
        ];
    }

    private async Task<IEnumerable<string>> LettersAsync(
        CaseId id, IEnumerable<string> lines, IEnumerable<string> fresh, DateTimeOffset settled, CancellationToken cancellation)
    {
        var sent = await RowsAsync(letters, id, cancellation)
            .Where(row => row.GetDateTimeOffset("SentAt") is not null)
            .ToDictionaryAsync(
                row => row.RowKey.Replace('|', '/'), row => row.GetDateTimeOffset("SentAt"), cancellationToken: cancellation);
        return Compare(
            Of("letter/", lines), Of("letter/", fresh), sent, settled,
            "The record says that a letter was sent, and the table Letters does not.",
            "The table Letters says that a letter was sent, and the record does not: it may never have gone out.");
    }

    private async Task<IEnumerable<string>> LinksAsync(
        CaseId id, IEnumerable<string> lines, IEnumerable<string> fresh, DateTimeOffset settled, CancellationToken cancellation)
    {
        // A link that was withdrawn in the moment of its use has the line of an attempt.
        var ended = await RowsAsync(links, id, cancellation)
            .Where(row => row.ContainsKey("UsedAt") || row.ContainsKey("RevokedAt"))
            .ToListAsync(cancellation);
        var used = ended.Where(row => row.ContainsKey("UsedAt")).ToDictionary(row => row.RowKey, row => row.GetDateTimeOffset("UsedAt"));
        return Compare(
            Of("link-used/", lines).Except(ended.Where(row => !row.ContainsKey("UsedAt")).Select(row => row.RowKey)),
            Of("link-used/", fresh), used, settled,
            "The record says that a link was used, and the table Links does not.",
            "The table Links says that a link was used, and the record does not.");
    }

    private async Task<IEnumerable<string>> AnswersAsync(CaseId id, IEnumerable<string> lines, CancellationToken cancellation)
    {
        var given = await RowsAsync(answers, id, cancellation).Select(row => row.RowKey).ToHashSetAsync(cancellationToken: cancellation);
        return lines.Select(Question).OfType<string>().Where(question => !given.Contains(question)).Select(question =>
            $"The record says what was answered ({question}), and the answer is not there any more.");
    }

    private async Task<IEnumerable<string>> DownloadsAsync(CaseId id, IEnumerable<string> lines, CancellationToken cancellation) =>
        Of("downloaded/", lines).Count() > await downloads.CountAsync(id, cancellation)
            ? ["The record says that the bundle was downloaded more often than the table Downloads does."]
            : [];

    private async Task<IEnumerable<string>> FilesAsync(CaseId id, List<string> lines, CancellationToken cancellation)
    {
        if (lines.Count == 0)
            return [];
        var container = storage.Blobs.GetBlobContainerClient(id.CaseContainer);
        if (!await container.ExistsAsync(cancellation))
            return ["The request and the letters that were kept with this case are not there any more."];
        var kept = new HashSet<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
            kept.Add(blob.Name);
        IEnumerable<string> expected = [RequestText.RequestFile, .. Of("letter/", lines).Select(key => $"letters/{key}.html")];
        return expected.Where(file => !kept.Contains(file))
            .Select(file => $"The file {file} was kept with this case, and is not there any more.");
    }

    private static IEnumerable<string> Compare(
        IEnumerable<string> lines, IEnumerable<string> fresh, Dictionary<string, DateTimeOffset?> rows, DateTimeOffset settled,
        string noRow, string noLine)
    {
        var known = lines.ToHashSet();
        if (known.Any(key => !rows.ContainsKey(key)))
            yield return noRow;
        known.UnionWith(fresh);
        if (rows.Any(row => row.Value < settled && !known.Contains(row.Key)))
            yield return noLine;
    }

    /// <summary>The row of <c>Answers</c> that a line speaks of; null for any other line.</summary>
    private static string? Question(string line) => line switch
    {
        "identity" => "identity",
        "sorted" => "sorting",
        _ when line.StartsWith("decision/", StringComparison.Ordinal) => line.Replace('/', '-'),
        _ => null,
    };

    private static bool IsTimeout(EvidenceLine line) =>
        line.Key == "identity" && line.Facts.GetValueOrDefault("result") == "not confirmed";

    private static IEnumerable<string> Of(string kind, IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => line[kind.Length..]);

    private static async IAsyncEnumerable<TableEntity> RowsAsync(
        TableOnFirstUse table, CaseId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var client = await table.GetAsync(cancellation);
        await foreach (var row in client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {id.ToString()}"), cancellationToken: cancellation))
            yield return row;
    }
}
