using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Mail.Floods;

/// <summary>
/// What we know of whoever writes to us, named by a hash, in the table <c>Senders</c>: their newest case, when a letter of ours last left
/// for them, and how often today mail of theirs followed one of ours like an echo.
/// </summary>
internal sealed class Senders(CaseAccount storage, MailSettings settings, TimeProvider clock)
{
    /// <summary>Mail without a thread that comes so soon after a letter of ours may be a machine's answer to it.</summary>
    public static readonly TimeSpan EchoWithin = TimeSpan.FromMinutes(10);

    /// <summary>Echoes in a day that still pass. A person may write anew twice in a day soon after a letter; a machine goes on.</summary>
    public const int EchoesThatPass = 2;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2); // Between Exchange's clock and ours.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);
    private readonly TableOnFirstUse table = new(storage.Tables, "Senders");
    private readonly string partition = MailboxState.Key(settings.Address);

    public async Task<CaseId?> FindCaseAsync(EmailAddress from, CancellationToken cancellation)
    {
        var row = await (await table.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            partition, AddressKey.Of(from), cancellationToken: cancellation);
        return row.HasValue && CaseId.TryParse(row.Value!.GetString("Case"), out var id) ? id : null;
    }

    public Task SaveCaseAsync(EmailAddress from, CaseId caseId, CancellationToken cancellation) =>
        SaveAsync(from, row => row["Case"] = caseId.ToString(), cancellation);

    /// <summary>To be called before the letter leaves: a machine answers within the second.</summary>
    public Task LetterLeavesAsync(EmailAddress to, CancellationToken cancellation) =>
        SaveAsync(to, row => row["LetterAt"] = clock.GetUtcNow(), cancellation);

    /// <summary>
    /// Whether a message has the shape of a machine's answers: again and again without a thread, right after our letters.
    /// </summary>
    /// <param name="message">Its key: it is counted once, however often it is asked about.</param>
    public Task<bool> IsEchoAsync(EmailAddress from, string message, DateTimeOffset receivedAt, CancellationToken cancellation) =>
        new ContendedRow(table).ChangeAsync(
            partition,
            AddressKey.Of(from),
            row =>
            {
                if (row.GetDateTimeOffset("LetterAt") is not { } letter || receivedAt < letter - Skew || receivedAt > letter + EchoWithin)
                    return (false, false);
                var day = receivedAt.UtcDateTime.Date.ToString("O", CultureInfo.InvariantCulture);
                var echoes = row.GetString("EchoDay") == day ? row.GetInt32("Echoes") ?? 0 : 0;
                var isNew = row.GetString("Echo") != message;
                (row["EchoDay"], row["Echoes"], row["Echo"]) = (day, echoes + (isNew ? 1 : 0), message);
                return (isNew, row.GetInt32("Echoes") > EchoesThatPass);
            },
            cancellation);

    /// <summary>Deletes what was not touched for 400 days: no case is open for so long.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        var client = await table.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and TouchedAt lt {clock.GetUtcNow() - Memory}");
        await foreach (var row in client.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
    }

    private Task<bool> SaveAsync(EmailAddress whose, Action<TableEntity> change, CancellationToken cancellation) =>
        new ContendedRow(table).ChangeAsync(
            partition,
            AddressKey.Of(whose),
            row =>
            {
                change(row);
                row["TouchedAt"] = clock.GetUtcNow();
                return (Write: true, Answer: true);
            },
            cancellation);
}
