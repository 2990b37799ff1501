using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Person.Closing;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>
/// The running app with somebody listening: its telemetry goes to an OTLP endpoint and a stand-in for Azure Monitor's, both this
/// test's own, and to its console.
/// </summary>
public sealed class TelemetryFixture : AppFixture
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<string> received = new();
    private Task listening = Task.CompletedTask;

    /// <summary>All that was sent, as it went over the wire; what is text in it can be read as text.</summary>
    public string Received => string.Join('\n', received);

    // A process of its own: what listens to telemetry in a process listens to all that is in it.
    protected override RunningApp Make(string storage)
    {
        var app = new AppProcess(storage);
        var endpoint = $"http://localhost:{AppProcess.FreePort().ToString(CultureInfo.InvariantCulture)}/";
        listener.Prefixes.Add(endpoint);
        listener.Start();
        listening = Task.Run(ListenAsync);
        app.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        app.Settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
            $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={endpoint};LiveEndpoint={endpoint}";
        app.Settings["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true";
        app.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        app.Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        app.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        app.Settings["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        app.Settings["Telemetry__Console"] = "true";
        return app;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        listener.Close();
        await listening;
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            try
            {
                var call = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await using var sent = call.Request.Headers["Content-Encoding"] == "gzip"
                    ? new GZipStream(call.Request.InputStream, CompressionMode.Decompress)
                    : call.Request.InputStream;
                await sent.CopyToAsync(body);
                received.Enqueue($"{call.Request.Url!.AbsolutePath} {Encoding.UTF8.GetString(body.ToArray())}");
                call.Response.ContentType = "application/x-protobuf";
                call.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
