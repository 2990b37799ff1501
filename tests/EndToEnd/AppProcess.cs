using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>The app as people run it: a process of its own, which can be killed and started again on what it left behind.</summary>
public sealed class AppProcess : RunningApp
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
        (Http, Graph) = ClientsOf(new Uri($"http://localhost:{Port}/"), new Uri($"http://localhost:{MailboxPort}/v1.0/"));
    }

    public int Port { get; }

    public int MailboxPort { get; }

    public override string DataFolder { get; }

    public override HttpClient Http { get; }

    public override HttpClient Graph { get; }

    /// <summary>All that the app printed, in every one of its lives.</summary>
    public override string Output => string.Join('\n', output);

    public int ProcessId => process!.Id;

    /// <summary>Starts it and waits until it takes mail.</summary>
    public override async Task StartAsync(CancellationToken cancellation)
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
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataFolder,
        };
        foreach (var argument in (string[])[
            AppPath(), "--port", Text(Port), "--mailbox-port", Text(MailboxPort), "--data", DataFolder, .. extra,
        ])
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
    public override async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public override async ValueTask DisposeAsync()
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
