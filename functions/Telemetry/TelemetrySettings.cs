using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <param name="AzureMonitor">Setting <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>; null: not there.</param>
/// <param name="Otlp">Setting <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; null: nowhere.</param>
/// <param name="Console">Setting <c>Telemetry__Console</c>.</param>
public sealed record TelemetrySettings(string? AzureMonitor, Uri? Otlp, bool Console)
{
    /// <summary>Somebody listens.</summary>
    public bool IsOn => AzureMonitor is not null || Otlp is not null || Console;

    internal static TelemetrySettings From(SettingsReader settings)
    {
        const string monitor = "APPLICATIONINSIGHTS_CONNECTION_STRING", otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
        var connection = settings.Text(monitor);
        settings.Require(
            connection is null || connection.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase),
            monitor,
            "must be the connection string of an Application Insights resource.");
        Uri? endpoint = null;
        settings.Require(
            settings.Text(otlp) is not { } text
                || (Uri.TryCreate(text, UriKind.Absolute, out endpoint) && endpoint.Scheme is "http" or "https"),
            otlp,
            "must be an absolute http or https address.");
        return new TelemetrySettings(connection, endpoint, settings.Flag("Telemetry__Console"));
    }
}
