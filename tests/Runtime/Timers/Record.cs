using System.Collections.Concurrent;
using LocalFunctions;
using LocalFunctions.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Timers;

/// <summary>What a timer function of a test did, and the host that it does it in.</summary>
internal sealed class Record(TimeProvider clock)
{
    private int atOnce;

    public ConcurrentQueue<TimerInfo> Runs { get; } = new();

    public ConcurrentQueue<DateTimeOffset> At { get; } = new();

    public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int MostAtOnce { get; private set; }

    public bool WasCancelled { get; set; }

    public static Task<HostUnderTest> StartAsync(AzuriteFixture azurite, Type functions, params string[] options)
    {
        FunctionsApplicationBuilder builder = HostUnderTest.Builder(azurite, [functions], options);
        builder.Services.AddSingleton<Record>();
        return HostUnderTest.StartAsync(builder);
    }

    public void Add(TimerInfo timer)
    {
        Runs.Enqueue(timer);
        At.Enqueue(clock.GetUtcNow());
        First.TrySetResult();
    }

    public async Task AddSlowlyAsync(TimerInfo timer)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref atOnce));
        Add(timer);
        await Task.Delay(30);
        Interlocked.Decrement(ref atOnce);
    }
}
