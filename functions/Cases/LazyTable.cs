using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>A table that is made when it is first needed, so that a fresh storage account works without a set-up step.</summary>
internal sealed class LazyTable(TableServiceClient service, string name)
{
    private readonly TableClient table = service.GetTableClient(name);
    private volatile bool exists;

    public async Task<TableClient> GetAsync(CancellationToken cancellation)
    {
        if (exists)
            return table;
        await table.CreateIfNotExistsAsync(cancellation);
        exists = true;
        return table;
    }
}
