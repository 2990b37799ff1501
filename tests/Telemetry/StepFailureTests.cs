using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Telemetry;

/// <summary>What a step threw is known by its own name, also where the Durable extension put its own exception in its place.</summary>
public sealed class StepFailureTests
{
    [Fact]
    public void GivenTheExtensionsOwnException_ItTellsWhatTheActivityThrew() =>
        Assert.Equal(new StepFailure("TimeoutException", "Too long."), StepFailure.Of(Wrapped(new TimeoutException("Too long."))));

    [Fact]
    public void GivenAnyOther_ItIsThatOne() =>
        Assert.Equal(
            new StepFailure("InvalidOperationException", "{\"errorType\":\"Forged\"}"),
            StepFailure.Of(new InvalidOperationException("{\"errorType\":\"Forged\"}")));

    /// <summary>As the extension makes it; its type is not public.</summary>
    private static Exception Wrapped(Exception thrown) => (Exception)typeof(ActivityTriggerAttribute).Assembly.GetTypes()
        .Single(type => type.Name == "DurableSerializationException")
        .GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Exception)])!
        .Invoke([thrown]);
}
