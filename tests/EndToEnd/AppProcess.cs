using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>The app as people run it: a process of its own, which can be killed and started again on what it left behind.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly string[] extra;
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    /// <param name="connectionString">The storage that outlives the process.</param>
    public AppProcess(string connectionString, params string[] extra)
    {
        this.connectionString = connectionString;
        this.extra = extra;
        (Port, MailboxPort) = (FreePort(), FreePort());
        DataFolder = Directory.CreateTempSubdirectory("privacyflows-e2e-").FullName;
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://localhost:{Port}/") };
        Graph = new HttpClient { BaseAddress = new Uri($"http://localhost:{MailboxPort}/v1.0/") };
    }

    public int Port { get; }

    public int MailboxPort { get; }

    public string DataFolder { get; }

    /// <summary>Calls the app; follows no redirects.</summary>
    public HttpClient Http { get; }

    /// <summary>Calls the mailbox's Graph.</summary>
    public HttpClient Graph { get; }

    /// <summary>All that the app printed, in every one of its lives.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Environment variables of its next life.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["Mailbox__RequestTimeoutSeconds"] = "10" };

    public int ProcessId => process!.Id;

    /// <summary>Starts it and waits until it takes mail.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Launch();
        await WaitUntilHealthyAsync(cancellation);
    }

    public async Task WaitUntilHealthyAsync(CancellationToken cancellation)
    {
        var patience = Stopwatch.StartNew();
        while (!await IsHealthyAsync(cancellation))
        {
            if (process!.HasExited || patience.Elapsed > TimeSpan.FromSeconds(90))
                throw new InvalidOperationException($"The app did not start:\n{Output}");
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Starts it without waiting.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = DataFolder };
        foreach (var argument in (string[])[AppPath(), "--port", Text(Port), "--mailbox-port", Text(MailboxPort), "--data", DataFolder, .. extra])
            start.ArgumentList.Add(argument);
        foreach (var name in new[] { "AzureWebJobsStorage", "CaseStorage", "BundleStorage" })
            start.Environment[name] = connectionString;
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until it ends by itself, a minute at most.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellation)
    {
        await process!.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        return process.ExitCode;
    }

    /// <summary>SIGKILL: no goodbye, no clean-up.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Moves the app's clock and waits until all that fell due is done.</summary>
    public async Task AdvanceAsync(string duration, CancellationToken cancellation)
    {
        using var answer = await Http.PostAsJsonAsync("local/clock", new { advance = duration }, cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellation) =>
        DateTimeOffset.Parse((string)(await Http.GetFromJsonAsync<JsonObject>("local/clock", cancellation))!["now"]!, CultureInfo.InvariantCulture);

    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await Http.GetAsync("api/health/ready", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        Http.Dispose();
        Graph.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    private static string AppPath() => Path.Combine(AppContext.BaseDirectory, "LocalHost.dll");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        if (line is not null)
            output.Enqueue(line);
    }
}
