using System.Text.Json.Nodes;

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <param name="Console">What was written to the console itself, as -WhatIf does.</param>
internal sealed record Outcome(IReadOnlyList<Run> Runs, FakeTenant Tenant, string Console)
{
    public Run Only => Assert.Single(Runs);
}

/// <param name="Changes">The commands that changed something in the organisation.</param>
internal sealed record Run(
    int ExitCode, IReadOnlyList<JsonNode> Objects, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> Said,
    IReadOnlyList<string> Changes)
{
    public IEnumerable<string> States => Objects.Where(item => item["Part"] is not null).Select(item => $"{item["Part"]} {item["State"]}");

    public IEnumerable<JsonNode> Tests => Objects.Where(item => item["Passed"] is not null);

    /// <summary>The run ended with this exit code and one error, and changed nothing.</summary>
    public string AssertRefused(int exitCode)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Empty(Changes);
        Assert.Empty(Objects);
        return Assert.Single(Errors);
    }
}

/// <param name="Problems">Of the syntax.</param>
/// <param name="Described">The parameters of which the help says something.</param>
internal sealed record Inspection(
    IReadOnlyList<string> Problems, IReadOnlyList<string> Parameters, IReadOnlyList<string> Described, string Synopsis, string Description,
    IReadOnlyList<string> Examples);
