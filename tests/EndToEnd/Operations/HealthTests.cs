using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LocalMachine.Azurite;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>The running app says whether it lives, whether it can do its duty, and what it lacks.</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_dependencies_that_fail_and_come_back_Then_health_names_each_and_tells_ours_from_the_systems()
    {
        await using var azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-health-").FullName, Console.Error.WriteLine, inMemory: true, Cancellation);
        await using var app = new AppInProcess(azurite.ConnectionString);
        await app.StartAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("api/health/live", Cancellation)).StatusCode);
        var (code, report) = await ReadyAsync(app);
        Assert.Equal((HttpStatusCode.OK, "ready"), (code, (string?)report["status"]));
        Assert.Equal(
            ["bundles", "case-files", "case-tables", "mailbox", "orchestrations", "system/crm", "system/print-jobs", "system/web-access"],
            Names(report).Order());

        var crm = Directory.GetFiles(Path.Combine(app.DataFolder, "systems"), "*.db").Single();
        File.Move(crm, crm + ".away");
        (code, report) = await ReadyAsync(app);
        Assert.Equal((HttpStatusCode.OK, "degraded"), (code, (string?)report["status"]));
        var down = Assert.Single(report["dependencies"]!.AsArray(), one => (string?)one!["state"] == "down");
        Assert.Equal("system/crm", (string?)down!["name"]);
        Assert.Contains("did not answer", (string?)down["problem"], StringComparison.Ordinal);
        await app.AdvanceAsync("PT20M", Cancellation);
        Assert.Contains("crm does not answer", app.Output, StringComparison.Ordinal);
        File.Move(crm + ".away", crm);

        using (var broken = await app.Graph.PostAsJsonAsync(
            new Uri(app.Graph.BaseAddress!, "/local/faults"), new { path = "delta", count = 1000, kind = "500" }, Cancellation))
            Assert.True(broken.IsSuccessStatusCode);
        await app.AdvanceAsync("PT20M", Cancellation);
        (code, report) = await ReadyAsync(app);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready"), (code, (string?)report["status"]));
        Assert.Equal(
            "mailbox", (string?)Assert.Single(report["dependencies"]!.AsArray(), one => (string?)one!["state"] == "down")!["name"]);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("api/health/live", Cancellation)).StatusCode);

        using (await app.Graph.DeleteAsync(new Uri(app.Graph.BaseAddress!, "/local/faults"), Cancellation))
            await app.AdvanceAsync("PT2M", Cancellation);
        Assert.Equal("ready", (string?)(await ReadyAsync(app)).Report["status"]);
    }

    private static IEnumerable<string> Names(JsonObject report) => report["dependencies"]!.AsArray().Select(one => (string)one!["name"]!);

    private static async Task<(HttpStatusCode Code, JsonObject Report)> ReadyAsync(RunningApp app)
    {
        using var answer = await app.Http.GetAsync("api/health/ready", Cancellation);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!);
    }
}
