using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Infra.Telemetry;

/// <summary>What the app reports, read from the app: its events with their fields, its metrics with their dimensions.</summary>
internal static partial class TelemetryContract
{
    public static IReadOnlyDictionary<string, string[]> Events { get; } = typeof(CaseEvents)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Select(method => (method.Name, Logged: method.GetCustomAttribute<LoggerMessageAttribute>()))
        .Where(method => method.Logged is not null)
        .ToDictionary(
            method => method.Name, method => Field().Matches(method.Logged!.Message).Select(field => field.Groups[1].Value).ToArray());

    public static IReadOnlyDictionary<string, string[]> Metrics { get; } = Measured();

    /// <summary>Measures everything once and looks what comes out.</summary>
    private static Dictionary<string, string[]> Measured()
    {
        var found = new Dictionary<string, string[]>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == TelemetryNames.App) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        foreach (var measure in typeof(Measure).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(void)))
            measure.Invoke(null, [.. measure.GetParameters().Select(parameter => Sample(parameter.ParameterType))]);
        return found;

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (found)
                found[instrument.Name] = [.. tags.ToArray().Select(tag => tag.Key)];
        }
    }

    private static object? Sample(Type type) =>
        type == typeof(string) ? "x" : Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Field();
}
