using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>The script as its reader meets it.</summary>
public sealed class ScriptTests(ExchangeShell shell)
{
    [Fact]
    public async Task TheScript_HasNoSyntaxErrors() => Assert.Empty((await shell.InspectAsync()).Problems);

    [Fact]
    public async Task Help_DescribesEveryParameterAndTheExitCodes()
    {
        var script = await shell.InspectAsync();
        Assert.Equal(
            script.Parameters.Order(StringComparer.Ordinal),
            script.Described.Where(script.Parameters.Contains).Order(StringComparer.Ordinal));
        Assert.NotEmpty(script.Synopsis);
        Assert.Contains("Exit codes: 0", script.Description, StringComparison.Ordinal);
        Assert.Equal(3, script.Examples.Count);
    }

    [Fact]
    public async Task TheReadme_NamesEveryParameter()
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "infra", "exchange", "README.md"), TestContext.Current.CancellationToken);
        Assert.All(
            (await shell.InspectAsync()).Parameters, parameter => Assert.Contains("-" + parameter, readme, StringComparison.Ordinal));
    }
}
