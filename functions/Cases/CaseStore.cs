using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// What we know about each case, in the table <c>Cases</c>. Every change is checked against the version it was made from, so none is lost.
/// Every row is sealed, and one whose seal does not hold is not acted on: <see cref="CaseSealException"/>.
/// </summary>
public sealed class CaseStore(CaseAccount storage, CaseSeals seals)
{
    private const string Table = "Cases";
    private const string RowKey = "case";
    private readonly TableOnFirstUse cases = new(storage.Tables, "Cases");

    /// <returns>False where a case of this number is there already; it is left as it is.</returns>
    public async Task<bool> TryCreateAsync(Case @case, CancellationToken cancellation = default)
    {
        var table = await cases.GetAsync(cancellation);
        try
        {
            await table.AddEntityAsync(ToEntity(@case), cancellation);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return false;
        }
    }

    /// <exception cref="CaseNotFoundException">There is no such case.</exception>
    public async Task<Case> GetAsync(CaseId caseId, CancellationToken cancellation = default) =>
        await FindAsync(caseId, cancellation) ?? throw new CaseNotFoundException(caseId);

    /// <returns>Null where there is no such case.</returns>
    public async Task<Case?> FindAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var table = await cases.GetAsync(cancellation);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(caseId.ToString(), RowKey, cancellationToken: cancellation);
        return found.HasValue ? FromEntity(found.Value!) : null;
    }

    /// <summary>Whether there is a row of this number, whoever wrote it.</summary>
    public async Task<bool> ExistsAsync(CaseId caseId, CancellationToken cancellation = default) =>
        (await (await cases.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            caseId.ToString(), RowKey, select: ["RowKey"], cancellationToken: cancellation)).HasValue;

    /// <summary>Changes a case. Writes nothing where the change leaves it as it was, so a step that runs again is harmless.</summary>
    /// <param name="change">May run several times, when others change the case at the same moment.</param>
    /// <returns>The case as it stands afterwards.</returns>
    /// <exception cref="CaseNotFoundException">There is no such case.</exception>
    public async Task<Case> UpdateAsync(CaseId caseId, Func<Case, Case> change, CancellationToken cancellation = default)
    {
        var table = await cases.GetAsync(cancellation);
        return await Contention.RetryAsync(
            async () =>
            {
                var found = await table.GetEntityIfExistsAsync<TableEntity>(caseId.ToString(), RowKey, cancellationToken: cancellation);
                var before = found.HasValue ? found.Value! : throw new CaseNotFoundException(caseId);
                var after = ToEntity(change(FromEntity(before)));
                var isAsItWas = after.GetString("Json") == before.GetString("Json") && after.GetString("Seal") == before.GetString("Seal");
                if (!isAsItWas)
                    await table.UpdateEntityAsync(after, before.ETag, TableUpdateMode.Replace, cancellation);
                return FromEntity(after);
            },
            cancellation);
    }

    /// <summary>Every case that is not closed, in no particular order.</summary>
    public IAsyncEnumerable<Case> OpenAsync(CancellationToken cancellation = default) => OpenAsync([], cancellation);

    /// <param name="broken">Gets the numbers of rows whose seal does not hold; they are left out.</param>
    /// <inheritdoc cref="OpenAsync(CancellationToken)"/>
    public IAsyncEnumerable<Case> OpenAsync(ICollection<string> broken, CancellationToken cancellation = default) =>
        QueryAsync(TableClient.CreateQueryFilter($"State ne {nameof(CaseState.Closed)}"), broken, cancellation);

    /// <summary>Every case that there is, in no particular order, as they are read.</summary>
    public IAsyncEnumerable<Case> AllAsync(CancellationToken cancellation = default) => AllAsync([], cancellation);

    /// <param name="broken">As for <see cref="OpenAsync(ICollection{string}, CancellationToken)"/>.</param>
    /// <inheritdoc cref="AllAsync(CancellationToken)"/>
    public IAsyncEnumerable<Case> AllAsync(ICollection<string> broken, CancellationToken cancellation = default) =>
        QueryAsync(filter: null, broken, cancellation);

    /// <summary>
    /// Seals anew what the key before sealed, so that the key may be changed again. Nothing is done to what does not hold.
    /// </summary>
    public Task ResealAsync(CaseId caseId, CancellationToken cancellation = default) => UpdateAsync(caseId, found => found, cancellation);

    /// <summary>
    /// Seals every row as it stands, whoever wrote it: for whoever runs the app, after an upgrade from rows without seals or once both keys
    /// are new.
    /// </summary>
    /// <returns>The cases whose rows did not hold before.</returns>
    public async Task<IReadOnlyList<CaseId>> SealAllAsync(CancellationToken cancellation = default)
    {
        var table = await cases.GetAsync(cancellation);
        List<CaseId> sealedNow = [];
        await foreach (var entity in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            if (IsSealed(entity))
                continue;
            await table.UpdateEntityAsync(ToEntity(Read(entity)), entity.ETag, TableUpdateMode.Replace, cancellation);
            sealedNow.Add(CaseId.Parse(entity.PartitionKey));
        }
        return sealedNow;
    }

    private async IAsyncEnumerable<Case> QueryAsync(
        string? filter, ICollection<string> broken, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await cases.GetAsync(cancellation);
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (IsSealed(entity))
                yield return Read(entity);
            else
                broken.Add(entity.PartitionKey);
        }
    }

    // The columns beside the JSON are there to be queried; the JSON is what counts.
    private TableEntity ToEntity(Case @case)
    {
        var json = JsonSerializer.Serialize(@case);
        return new TableEntity(@case.Id.ToString(), RowKey)
        {
            ["Json"] = json,
            ["State"] = @case.State.ToString(),
            ["DueOn"] = @case.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["ReceivedAt"] = @case.ReceivedAt,
            ["Seal"] = seals.Seal(Table, @case.Id.ToString(), json),
        };
    }

    /// <exception cref="CaseSealException">Somebody else wrote it.</exception>
    private Case FromEntity(TableEntity entity) =>
        IsSealed(entity) ? Read(entity) : throw CaseSealException.OfRow(entity.PartitionKey);

    private bool IsSealed(TableEntity entity) =>
        entity.TryGetValue("Json", out var json) && json is string text && entity.TryGetValue("Seal", out var seal)
        && seals.Holds(seal as string, Table, entity.PartitionKey, text)
        && entity.TryGetValue("State", out var state) && Read(entity).State.ToString() == state as string;

    private static Case Read(TableEntity entity) => JsonSerializer.Deserialize<Case>(entity.GetString("Json"))!;
}

/// <summary>There is no case of this number in storage.</summary>
public sealed class CaseNotFoundException(CaseId caseId) : Exception($"There is no case {caseId}.");
