using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>The storage account of cases and their record: kept for years (S4). Setting <c>CaseAccount</c>.</summary>
public sealed record CaseAccount(BlobServiceClient Blobs, TableServiceClient Tables);

/// <summary>
/// The storage account of staged data and bundles: gone when the case closes, so soft delete, versioning and
/// restore are off there. Setting <c>BundleAccount</c>.
/// </summary>
public sealed record BundleAccount(BlobServiceClient Blobs);
