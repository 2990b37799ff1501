using System.Text.Json;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

public sealed class CompileTests
{
    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Fact]
    public void EveryBicepFile_BuildsAndLints_WithoutARemark() => Bicep.RunClean("lint", "--pattern", "infra/**/*.bicep");

    [Fact]
    public void Variants_InTheRepository_BuildAsTheyAre()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-infra");
        try
        {
            Bicep.RunClean("build-params", "--pattern", "infra/**/*.bicepparam", "--outdir", folder.FullName);
            Assert.Equal(
                ["dev.json", "private.json", "prod.json"],
                folder.EnumerateFiles("*.json", SearchOption.AllDirectories).Select(file => file.Name).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Variants_CanBeWorkedOut(string variant) => Assert.NotEmpty(InfraTemplate.Resources(variant));

    [Fact]
    public void TheLinter_IsAsStrictAsItGets()
    {
        var text = File.ReadAllText(Path.Combine(Conventions.SourceTree.Root, "bicepconfig.json"));
        using var config = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var lenient = config.RootElement.GetProperty("analyzers").GetProperty("core").GetProperty("rules").EnumerateObject()
            .Where(rule => rule.Value.GetProperty("level").GetString() != "error").Select(rule => rule.Name);
        Assert.Equal(["use-recent-api-versions", "use-recent-module-versions"], lenient);
    }

    [Fact]
    public void Azd_IsAskedForEveryParameterThatHasNoDefault()
    {
        var required = InfraTemplate.Compiled.GetProperty("parameters").EnumerateObject()
            .Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _))
            .Select(parameter => parameter.Name);
        Assert.Equal(
            required.Order(StringComparer.Ordinal),
            AzdParameters.All
                .Where(parameter => parameter.Value.Default is null)
                .Select(parameter => parameter.Key)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Azd_HasTheTemplatesOwnDefaults()
    {
        foreach (var (name, (_, standard)) in AzdParameters.All.Where(parameter => parameter.Value.Default is not null))
            Assert.Equal(
                InfraTemplate.Compiled.GetProperty("parameters").GetProperty(name).GetProperty("defaultValue").ToString(),
                standard,
                ignoreCase: true);
    }

    [Fact]
    public void EveryParameterAndOutput_SaysWhatItIs()
    {
        var silent = new[] { "parameters", "outputs" }.SelectMany(kind => InfraTemplate.Compiled.GetProperty(kind).EnumerateObject())
            .Where(item => !item.Value.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("description", out _));
        Assert.Empty(silent.Select(item => item.Name));
    }
}
