using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// What we know about each case, in the table <c>Cases</c>. Every change is checked against the version it was made from, so none is lost.
/// </summary>
public sealed class CaseStore(CaseAccount storage)
{
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
                if (after.GetString("Json") != before.GetString("Json"))
                    await table.UpdateEntityAsync(after, before.ETag, TableUpdateMode.Replace, cancellation);
                return FromEntity(after);
            },
            cancellation);
    }

    /// <summary>Every case that is not closed, in no particular order.</summary>
    public IAsyncEnumerable<Case> OpenAsync(CancellationToken cancellation = default) =>
        QueryAsync(TableClient.CreateQueryFilter($"State ne {nameof(CaseState.Closed)}"), cancellation);

    /// <summary>Every case that there is, in no particular order, as they are read.</summary>
    public IAsyncEnumerable<Case> AllAsync(CancellationToken cancellation = default) => QueryAsync(filter: null, cancellation);

    private async IAsyncEnumerable<Case> QueryAsync(string? filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await cases.GetAsync(cancellation);
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return FromEntity(entity);
    }

    // The columns beside the JSON are there to be queried; the JSON is what counts.
    private static TableEntity ToEntity(Case @case) => new(@case.Id.ToString(), RowKey)
    {
        ["Json"] = JsonSerializer.Serialize(@case),
        ["State"] = @case.State.ToString(),
        ["DueOn"] = @case.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["ReceivedAt"] = @case.ReceivedAt,
    };

    private static Case FromEntity(TableEntity entity) => JsonSerializer.Deserialize<Case>(entity.GetString("Json"))!;
}

/// <summary>There is no case of this number in storage.</summary>
public sealed class CaseNotFoundException(CaseId caseId) : Exception($"There is no case {caseId}.");
