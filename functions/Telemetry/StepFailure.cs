using System.Text.Json;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// What a function threw. Of an activity the Durable extension throws its own exception instead, whose message is the first one's
/// type and message as JSON: that is how the host is told of them.
/// </summary>
/// <param name="Type">The name of the exception's type, without its namespace.</param>
/// <param name="Message">May repeat what people wrote: not for logs.</param>
public readonly record struct StepFailure(string Type, string Message)
{
    private const string Wrapper = "DurableSerializationException";

    public static StepFailure Of(Exception thrown)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        var own = new StepFailure(thrown.GetType().Name, thrown.Message);
        return own.Type == Wrapper ? Read(thrown.Message) ?? own : own;
    }

    private static StepFailure? Read(string json)
    {
        try
        {
            var details = JsonSerializer.Deserialize<Details>(json, JsonSerializerOptions.Web);
            return details?.ErrorType is { } type ? new StepFailure(type[(type.LastIndexOf('.') + 1)..], details.ErrorMessage ?? "") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Details(string? ErrorType, string? ErrorMessage);
}
