using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Telemetry;

/// <summary>What a library puts into a span or a log line does not leave, unless it is known to hold nothing of a person.</summary>
public sealed class PrivacyFilterTests
{
    private const string Person = "ann.lee@brightwater.example";

    [Fact]
    public void OfASpan_OnlyWhatIsAllowedGoesOut()
    {
        using var span = new Activity("GET")
            .SetTag("http.request.method", "GET")
            .SetTag("url.full", $"https://graph.example/v1.0/users/{Person}/messages")
            .SetTag("url.query", Person)
            .SetTag("db.query.text", Person)
            .SetTag("exception.message", Person)
            .SetTag("http.response.status_code", 404)
            .SetTag("case.id", "PR-2026-000001");
        new SpanPrivacy().OnEnd(span);
        Assert.Equal("GET /v1.0/users/*/messages", span.DisplayName);
        Assert.Equal(
            ["case.id", "http.request.method", "http.response.status_code", "url.full"], span.TagObjects.Select(tag => tag.Key).Order());
        Assert.DoesNotContain(Person, string.Join(' ', span.TagObjects.Select(tag => tag.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public void OfALibrarysLogLine_OnlyTheTemplateGoesOut_AndOfAnExceptionOnlyItsType()
    {
        var exported = Export("Azure.Core", log => log.LogWarning(new InvalidOperationException(Person), "Could not read {Blob}.", Person));
        Assert.Equal("Could not read {Blob}.", exported.FormattedMessage);
        Assert.Null(exported.Exception);
        Assert.Equal(
            ["Could not read {Blob}.", typeof(InvalidOperationException).FullName],
            exported.Attributes.Select(attribute => attribute.Value));
    }

    [Fact]
    public void OfOurOwnLogLine_TheFactsGoOut_ButNoExceptionsMessage()
    {
        var exported = Export(
            "Spectrum.PrivacyFlows.Steps",
            log => log.LogError(new InvalidOperationException(Person), "{CaseId}: it failed.", "PR-2026-000001"));
        Assert.Equal("PR-2026-000001: it failed.", exported.FormattedMessage);
        Assert.Null(exported.Exception);
        Assert.Contains(exported.Attributes, attribute => attribute is { Key: "CaseId", Value: "PR-2026-000001" });
    }

    private static Exported Export(string category, Action<ILogger> write)
    {
        var catcher = new Catcher();
        using var services = new ServiceCollection().AddLogging(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddProcessor(new LogPrivacy()).AddProcessor(catcher);
        })).BuildServiceProvider();
        write(services.GetRequiredService<ILoggerFactory>().CreateLogger(category));
        return catcher.Caught!;
    }

    private sealed class Catcher : OpenTelemetry.BaseProcessor<LogRecord>
    {
        public Exported? Caught { get; private set; }

        // The record itself is used again for the next line.
        public override void OnEnd(LogRecord data) =>
            Caught = new Exported(data.FormattedMessage, data.Exception, [.. data.Attributes ?? []]);
    }

    private sealed record Exported(string? FormattedMessage, Exception? Exception, IReadOnlyList<KeyValuePair<string, object?>> Attributes);
}
