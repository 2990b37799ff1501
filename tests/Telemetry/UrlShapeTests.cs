using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Telemetry;

public sealed class UrlShapeTests
{
    [Theory]
    [InlineData(
        "https://graph.microsoft.com/v1.0/users/dataprivacy%40spectrum.tech/messages/AAMkAG/send",
        "https://graph.microsoft.com/v1.0/users/*/messages/*/send")]
    [InlineData(
        "https://graph.microsoft.com/v1.0/users/a@b.example/messages?$filter=internetMessageId%20eq%20'%3Cann@x%3E'",
        "https://graph.microsoft.com/v1.0/users/*/messages")]
    [InlineData(
        "https://cases.table.core.windows.net/Cases(PartitionKey='PR-2026-000001',RowKey='case')",
        "https://cases.table.core.windows.net/Cases(*)")]
    [InlineData(
        "https://cases.blob.core.windows.net/case-pr-2026-000001/correspondence/0123.eml",
        "https://cases.blob.core.windows.net/case-pr-2026-000001/correspondence/*")]
    [InlineData(
        "https://bundles.blob.core.windows.net/bundle-pr-2026-000001/bundle.zip?comp=block&blockid=AAA",
        "https://bundles.blob.core.windows.net/bundle-pr-2026-000001/bundle.zip")]
    [InlineData("https://logs.blob.core.windows.net/logs/2026/ann.lee.jsonl", "https://logs.blob.core.windows.net/*/*/*")]
    [InlineData("https://somebody:secret@example.org/ann", "https://example.org/*")]
    [InlineData("https://example.org", "https://example.org/")]
    public void OnlyTheServicesOwnWordsAndCaseNumbersStay(string address, string shape) =>
        Assert.Equal(shape, UrlShape.Of(new Uri(address)));
}
