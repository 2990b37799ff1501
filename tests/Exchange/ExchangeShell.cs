using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Person.Closing;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.Templates;

[assembly: AssemblyFixture(typeof(ExchangeShell))]

namespace Spectrum.PrivacyFlows.Tests.Exchange;

/// <summary>
/// One PowerShell for the whole test run, started when first used, that runs infra/exchange/Register-PrivacyMailbox.ps1 against a
/// <see cref="FakeTenant"/>. It is the local tool of .config/dotnet-tools.json; where that cannot be restored, the tests are skipped.
/// </summary>
public sealed class ExchangeShell : IAsyncDisposable
{
    private const string Mark = "ANSWER ";
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    private readonly SemaphoreSlim turn = new(1, 1);
    private Process? shell;
    private string? lacking;

    public async ValueTask DisposeAsync()
    {
        if (shell is not null)
        {
            // It ends where its input ends.
            shell.StandardInput.Close();
            await shell.WaitForExitAsync();
            shell.Dispose();
        }
        turn.Dispose();
    }

    internal async Task<Inspection> InspectAsync() =>
        (await AskAsync(new { inspect = true })).Answer.Deserialize<Inspection>(JsonSerializerOptions.Web)!;

    /// <summary>Runs the script once for each set of arguments, one after the other, in the same organisation.</summary>
    internal async Task<Outcome> RunAsync(FakeTenant tenant, params Dictionary<string, object>[] runs)
    {
        var (answer, console) = await AskAsync(new { tenant, absent = tenant.AbsentCommands, runs });
        return new Outcome(
            answer["runs"].Deserialize<List<Run>>(JsonSerializerOptions.Web)!, answer["tenant"].Deserialize<FakeTenant>()!, console);
    }

    private async Task<(JsonNode Answer, string Console)> AskAsync(object request)
    {
        await turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (shell is null && lacking is null)
                await StartAsync();
            if (lacking is not null)
                Assert.Skip($"PowerShell is lacking: dotnet tool restore failed with\n{lacking}");
            await shell!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
            await shell.StandardInput.FlushAsync();
            var console = new List<string>();
            while (await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith(Mark, StringComparison.Ordinal))
                    return (JsonNode.Parse(line[Mark.Length..])!, string.Join('\n', console));
                console.Add(line);
            }
            throw new InvalidOperationException($"PowerShell ended: {string.Join('\n', console)}");
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task StartAsync()
    {
        using var restore = Start("tool", "restore");
        restore.StandardInput.Close();
        var said = await restore.StandardOutput.ReadToEndAsync();
        await restore.WaitForExitAsync();
        if (restore.ExitCode != 0)
            lacking = said;
        else
            shell = Start(
                "tool",
                "run",
                "pwsh",
                "-NoProfile",
                "-NonInteractive",
                "-File",
                "tests/Exchange/PowerShell/Harness.ps1",
                Path.Combine(Repository.Root, "infra", "exchange", "Register-PrivacyMailbox.ps1"));
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Otherwise it would look up whether there is a newer one, and colour what the tests read.
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }
}
