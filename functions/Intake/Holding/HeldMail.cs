using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>
/// Messages that wait for the officer to say what they are, unanswered and unread in the mailbox: rows <c>held-…</c> of the table
/// <c>Intake</c>, beside the row that keeps each from being taken twice. And rows <c>more-…</c>: messages that were filed with a case
/// without a letter to the officer, until the digest has told of them.
/// </summary>
public sealed class HeldMail(CaseAccount storage, MailSettings settings)
{
    /// <summary>A transaction has at most 100 actions, and a message takes three.</summary>
    private const int AtOnce = 33;

    private readonly TableOnFirstUse intake = new(storage.Tables, IntakeLog.Table);
    private readonly string partition = MailboxState.Key(settings.Address);

    /// <summary>Every held message, in no particular order, as they are read.</summary>
    internal IAsyncEnumerable<IntakeEntry> ReadAsync(CancellationToken cancellation) => ReadAsync(IntakeLog.Held, cancellation);

    /// <summary>What was filed without a letter.</summary>
    internal IAsyncEnumerable<IntakeEntry> ReadFiledAsync(CancellationToken cancellation) => ReadAsync(IntakeLog.More, cancellation);

    /// <summary>Gives held messages back to the next sweep.</summary>
    /// <returns>How many were still held.</returns>
    internal Task<int> ReleaseAsync(IReadOnlyCollection<IntakeEntry> held, Release release, CancellationToken cancellation) =>
        ReleaseAsync(held, open => (open.Release, open.About, open.AskedOn) = (release.ToString(), null, null), cancellation);

    /// <summary>Gives them back as the request of somebody else than their sender.</summary>
    /// <param name="about">Whose.</param>
    /// <param name="askedOn">When they wrote to us; null where it is when the message came.</param>
    /// <inheritdoc cref="ReleaseAsync(IReadOnlyCollection{IntakeEntry}, Release, CancellationToken)"/>
    internal Task<int> ReleaseAsync(
        IReadOnlyCollection<IntakeEntry> held, EmailAddress about, DateOnly? askedOn, CancellationToken cancellation) =>
        ReleaseAsync(
            held,
            open =>
            {
                (open.Release, open.About) = (nameof(Release.Behalf), about.Value);
                open.AskedOn = askedOn?.ToString("O", CultureInfo.InvariantCulture);
            },
            cancellation);

    private Task<int> ReleaseAsync(
        IReadOnlyCollection<IntakeEntry> held, Action<IntakeEntry> choose, CancellationToken cancellation) =>
        DecideAsync(
            held,
            entry =>
            [
                new(TableTransactionActionType.Add, entry.As(IntakeLog.Open + entry.Key, choose)),
                new(TableTransactionActionType.Delete, entry, ETag.All),
                new(TableTransactionActionType.Delete, entry.As(IntakeLog.Done + entry.Key), ETag.All),
            ],
            cancellation);

    /// <summary>Ends held messages: they are no requests.</summary>
    /// <inheritdoc cref="ReleaseAsync"/>
    internal Task<int> SetAsideAsync(IReadOnlyCollection<IntakeEntry> held, CancellationToken cancellation) =>
        DecideAsync(
            held,
            entry =>
            [
                new(TableTransactionActionType.Delete, entry, ETag.All),
                new(
                    TableTransactionActionType.UpsertReplace,
                    entry.As(IntakeLog.Done + entry.Key, done => done.Outcome = "set aside by the officer").WithoutPerson()),
            ],
            cancellation);

    /// <summary>Forgets what the digest has told of.</summary>
    internal async Task ForgetFiledAsync(IReadOnlyCollection<IntakeEntry> told, CancellationToken cancellation) =>
        await DecideAsync(told, entry => [new(TableTransactionActionType.Delete, entry, ETag.All)], cancellation);

    private async Task<int> DecideAsync(
        IReadOnlyCollection<IntakeEntry> entries, Func<IntakeEntry, IReadOnlyList<TableTransactionAction>> actions,
        CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var decided = 0;
        foreach (var batch in entries.Chunk(AtOnce))
        {
            if (await TrySubmitAsync(table, [.. batch.SelectMany(actions)], cancellation))
            {
                decided += batch.Length;
                continue;
            }
            // Somebody decided on one of them meanwhile; the others are decided one by one.
            foreach (var entry in batch)
                decided += await TrySubmitAsync(table, actions(entry), cancellation) ? 1 : 0;
        }
        return decided;
    }

    private static async Task<bool> TrySubmitAsync(
        TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<IntakeEntry> ReadAsync(string kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {kind} and RowKey lt {kind + "~"}");
        await foreach (var entry in table.QueryAsync<IntakeEntry>(filter, cancellationToken: cancellation))
            yield return entry;
    }
}

/// <summary>What the officer wants of a held message. The names are stored, so they stay.</summary>
internal enum Release
{
    /// <summary>A case, or a part of the unconfirmed case that its sender has.</summary>
    Case,

    /// <summary>
    /// A case of the person whose request it brings, at the address that the officer gave, or a part of the unconfirmed one that they have.
    /// </summary>
    Behalf,

    /// <summary>A part of the open case that its sender has, whatever its state; where there is none, a case.</summary>
    Join,
}
