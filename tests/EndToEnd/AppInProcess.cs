using System.Collections.Concurrent;
using System.Diagnostics;
using LocalHost;
using LocalHost.Setup;
using LocalHost.Worker;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.LocalHost;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>The app in this process, as local/Host runs it, on a storage that outlives it. Many stand side by side.</summary>
/// <param name="connectionString">The storage.</param>
public sealed class AppInProcess(string connectionString) : RunningApp
{
    private readonly LogLines log = new();
    private HttpClient? http;
    private HttpClient? graph;
    private LocalApp? app;
    private int port;
    private int mailboxPort;

    public override HttpClient Http => http!;

    public override HttpClient Graph => graph!;

    public override string Output => string.Join('\n', log.Lines);

    public override string DataFolder { get; } = Directory.CreateTempSubdirectory("privacyflows-e2e-").FullName;

    public override async Task StartAsync(CancellationToken cancellation)
    {
        var functions = new FunctionApp(typeof(Composition).Assembly, builder => builder.AddPrivacyFlows());
        string[] places =
        [
            $"--data={DataFolder}",
            FormattableString.Invariant($"--port={port}"),
            FormattableString.Invariant($"--mailbox-port={mailboxPort}"),
            $"--AzureWebJobsStorage={connectionString}",
        ];
        var settings = Settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}");
        app = await LocalApp.StartAsync(
            new HostPlan { IsEmbedded = true, Log = log, Arguments = [.. places, .. settings] }, functions, cancellation: cancellation);
        var mailbox = new Uri(app.Surroundings.Configuration["Mailbox:GraphBaseUrl"]!.TrimEnd('/') + "/");
        if (http is null)
            (http, graph) = ClientsOf(app.BaseAddress, mailbox);
        // The links in its letters name them, so its next life answers there too.
        (port, mailboxPort) = (app.BaseAddress.Port, mailbox.Port);
        for (var patience = Stopwatch.StartNew(); !await IsHealthyAsync(cancellation); await Task.Delay(50, cancellation))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(90), $"The app did not start:\n{Output}");
    }

    public override async Task KillAsync()
    {
        await app!.CrashAsync();
        app = null;
    }

    public override async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        http?.Dispose();
        graph?.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    private sealed class LogLines : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new OneLogger(categoryName, Lines);

        public void Dispose()
        {
        }
    }

    private sealed class OneLogger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
