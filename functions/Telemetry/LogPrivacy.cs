using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// What the app logs holds nothing of a person by its own rules, and goes out as it is. Of what libraries log, only what is fixed goes out:
/// the words of the template, without what was put into it. An exception's message and stack never go: the message may quote anything.
/// </summary>
internal sealed class LogPrivacy : BaseProcessor<LogRecord>
{
    private const string Template = "{OriginalFormat}";

    public override void OnEnd(LogRecord data)
    {
        var attributes = data.Attributes ?? [];
        if (data.CategoryName?.StartsWith(TelemetryNames.App, StringComparison.Ordinal) != true)
        {
            attributes = [.. attributes.Where(attribute => attribute.Key == Template)];
            data.FormattedMessage = attributes.Count > 0 ? attributes[0].Value as string : null;
            data.Body = data.FormattedMessage;
        }
        if (data.Exception is { } exception)
        {
            attributes = [.. attributes, new("error.type", exception.GetType().FullName)];
            data.Exception = null;
        }
        data.Attributes = attributes;
    }
}
