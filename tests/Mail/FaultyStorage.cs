using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>The storage of cases, every request to it on a way that a test can break, and none made twice.</summary>
internal static class FaultyStorage
{
    public static CaseAccount Open(string connectionString, Faults faults)
    {
        var blobs = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        blobs.AddPolicy(new FaultyPolicy(faults), HttpPipelinePosition.PerCall);
        var tables = new TableClientOptions { Retry = { MaxRetries = 0 } };
        tables.AddPolicy(new FaultyPolicy(faults), HttpPipelinePosition.PerCall);
        return new CaseAccount(new BlobServiceClient(connectionString, blobs), new TableServiceClient(connectionString, tables));
    }
}
