using System.Globalization;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Budgets;

/// <summary>
/// What was opened and sent today, by sender, by domain and overall, in the table <c>Budgets</c>: its partitions are London days, so that
/// a restart empties nothing and midnight does. Senders are named by hashes. A crash between counting and doing counts one too many.
/// </summary>
internal sealed class MailBudgets(CaseAccount storage, BudgetSettings settings, TimeProvider clock)
{
    private const string Overall = "all";
    private const string Cases = "Cases";
    private const string Letters = "Letters";
    private const string Mails = "Mails";
    private const string Unrecognised = "Unrecognised";
    private const string Alerts = "Alerts";

    /// <summary>More letters than these tell an officer no more than the digest does.</summary>
    private const int AlertsPerDay = 20;

    private readonly TableOnFirstUse table = new(storage.Tables, "Budgets");

    /// <summary>Takes a case from every budget that it counts in.</summary>
    /// <returns>Null where there was room in all of them, or the first that is spent.</returns>
    public async Task<Budget?> TryTakeCaseAsync(EmailAddress from, CancellationToken cancellation)
    {
        // Looked at before the sender's own: a flood of many senders is stopped at the cost of one read.
        if (IsSpent(await ReadAsync(Overall, cancellation), settings.CasesPerDay, settings.LettersPerDay))
            return Budget.Overall;
        if (!await TryTakeAsync(Sender(from), settings.CasesPerSender, settings.LettersPerSender, cancellation))
            return Budget.Sender;
        if (!await TryTakeAsync(Domain(from), settings.CasesPerDomain, settings.LettersPerDomain, cancellation))
            return Budget.Domain;
        return await TryTakeAsync(Overall, settings.CasesPerDay, settings.LettersPerDay, cancellation) ? null : Budget.Overall;
    }

    /// <summary>Whether enough cases were opened today that the officer has to sort.</summary>
    public async Task<bool> IsSortingSpentAsync(CancellationToken cancellation) =>
        Count(await ReadAsync(Overall, cancellation), Unrecognised) >= settings.UnrecognisedPerDay;

    public Task CountUnrecognisedAsync(CancellationToken cancellation) => AddAsync(Overall, Unrecognised, cancellation);

    /// <summary>Takes a message that is to be filed with a case of its sender.</summary>
    /// <returns>False where the day's are spent.</returns>
    public Task<bool> TryTakeMailAsync(EmailAddress from, CancellationToken cancellation) =>
        ChangeAsync(Sender(from), row => TryAdd(row, Mails, settings.MailsPerSender), cancellation);

    /// <summary>Counts a letter. What we owe somebody is sent in any case: a spent budget opens no further cases.</summary>
    public async Task CountLetterAsync(IReadOnlyList<EmailAddress> to, CancellationToken cancellation)
    {
        foreach (var address in to)
        {
            await AddAsync(Sender(address), Letters, cancellation);
            await AddAsync(Domain(address), Letters, cancellation);
        }
        await AddAsync(Overall, Letters, cancellation);
    }

    /// <summary>Takes a letter to the officer about a message that is held. What comes past the day's waits for the digest.</summary>
    public Task<bool> TryTakeAlertAsync(CancellationToken cancellation) =>
        ChangeAsync(Overall, row => TryAdd(row, Alerts, AlertsPerDay), cancellation);

    /// <summary>
    /// Whether this message is the one of its case and day that the officer gets a letter about; the same when asked again.
    /// </summary>
    public Task<bool> IsToldAsync(CaseId caseId, DateOnly day, string message, CancellationToken cancellation) =>
        new ContendedRow(table).ChangeAsync(
            Day(day),
            $"told|{caseId}",
            row =>
            {
                var isFirst = row.GetString("Message") is null;
                row["Message"] ??= message;
                return (isFirst, row.GetString("Message") == message);
            },
            cancellation);

    /// <summary>Deletes the counts of days before yesterday.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        var client = await table.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {Day(Today().AddDays(-1))}");
        await foreach (var row in client.QueryAsync<TableEntity>(
            filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
    }

    private Task<bool> TryTakeAsync(string whose, int cases, int letters, CancellationToken cancellation) =>
        ChangeAsync(whose, row => IsSpent(row, cases, letters) ? (false, false) : TryAdd(row, Cases, int.MaxValue), cancellation);

    private Task<bool> AddAsync(string whose, string what, CancellationToken cancellation) =>
        ChangeAsync(whose, row => TryAdd(row, what, int.MaxValue), cancellation);

    private Task<bool> ChangeAsync(string whose, Func<TableEntity, (bool, bool)> decide, CancellationToken cancellation) =>
        new ContendedRow(table).ChangeAsync(Day(Today()), whose, decide, cancellation);

    private async Task<TableEntity> ReadAsync(string whose, CancellationToken cancellation)
    {
        var row = await (await table.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            Day(Today()), whose, cancellationToken: cancellation);
        return row.HasValue ? row.Value! : [];
    }

    private DateOnly Today() => DeadlineCalculator.LondonDate(clock.GetUtcNow());

    private static (bool Write, bool Taken) TryAdd(TableEntity row, string what, int most)
    {
        if (Count(row, what) >= most)
            return (false, false);
        row[what] = Count(row, what) + 1;
        return (true, true);
    }

    private static bool IsSpent(TableEntity row, int cases, int letters) => Count(row, Cases) >= cases || Count(row, Letters) >= letters;

    private static int Count(TableEntity row, string what) => row.GetInt32(what) ?? 0;

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Sender(EmailAddress address) => "sender|" + AddressKey.Of(address);

    private static string Domain(EmailAddress address) => "domain|" + AddressKey.OfDomain(address);
}

/// <summary>What was spent.</summary>
internal enum Budget
{
    Sender,
    Domain,
    Overall,
}
