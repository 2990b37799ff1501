using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Tables;

/// <summary>A table that is created when it is first wanted, so that a fresh storage account needs no preparation.</summary>
internal sealed class TableOnFirstUse(TableServiceClient service, string name)
{
    private readonly TableClient table = service.GetTableClient(name);
    private volatile bool exists;

    public async Task<TableClient> GetAsync(CancellationToken cancellation)
    {
        if (!exists)
        {
            await table.CreateIfNotExistsAsync(cancellation);
            exists = true;
        }
        return table;
    }
}
