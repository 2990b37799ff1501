using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Operations.Backups;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Documents;

/// <summary>docs/storage.md says of every table what it holds.</summary>
public sealed partial class StoragePageTests
{
    [Fact]
    public void EveryTableOfTheApp_HasARow_AndNoOther()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "storage.md"));
        var section = page[page.IndexOf("## Tables", StringComparison.Ordinal)..page.IndexOf("## Blobs", StringComparison.Ordinal)];
        Assert.Equal(BackedUpTables.Names.Order(), Row().Matches(section).Select(row => row.Groups["table"].Value).Order());
    }

    [GeneratedRegex(@"^\| `(?<table>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
