using System.Text.Json;
using LocalHost.Worker;
using LocalMachine;

namespace LocalHost.Timers;

/// <summary>One timer function: when it is due next, and its runs, of which there is never more than one at a time.</summary>
internal sealed class TimerFunction(Function function, TimerSchedule schedule, FunctionCalls calls, HostState state, LocalClock clock)
    : IAsyncDisposable
{
    // The system's timers hold at most 49 days; a longer wait wakes up on the way and waits on.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim oneRun = new(1, 1);
    private readonly string stateName = "timers/" + function.Name;
    private DateTimeOffset? next;
    private DateTimeOffset? last;
    private bool missed;
    private bool runNow;
    private bool monitored;

    /// <summary>Finds out where the schedule stands: an occurrence that was missed while the app was down is due at once.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // As on Azure: what runs more than once a minute is not monitored.
        monitored = function.Flag("useMonitor", otherwise: true)
            && schedule.Next(now) is { } first
            && schedule.Next(first) is { } second
            && second - first >= TimeSpan.FromMinutes(1);
        last = monitored ? (await state.ReadAsync<Kept>(stateName, cancellation))?.Reached : null;
        next = schedule.Next(last ?? now);
        missed = next <= now;
        runNow = function.Flag("runOnStartup", otherwise: false);
        if (monitored && last is null)
            await state.WriteAsync(stateName, new Kept(now), cancellation);
    }

    /// <summary>Waits for the occurrences and runs them, until cancelled.</summary>
    public async Task LoopAsync(CancellationToken cancellation)
    {
        while (next is not null || runNow)
        {
            await RunIfDueAsync(cancellation);
            var wait = next - clock.GetUtcNow() ?? Timeout.InfiniteTimeSpan;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait < LongestSleep ? wait : LongestSleep, clock, cancellation);
        }
    }

    /// <summary>Runs the function if an occurrence has come; all that have come are one run.</summary>
    public async Task RunIfDueAsync(CancellationToken cancellation)
    {
        await oneRun.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (next is { } due && due <= now)
                await RunAsync(due, now, cancellation);
            else if (runNow)
                await InvokeAsync(pastDue: false, cancellation);
            runNow = false;
        }
        finally
        {
            oneRun.Release();
        }
    }

    /// <summary>Waits for the run that is under way; the caller has cancelled it.</summary>
    public async ValueTask DisposeAsync()
    {
        await oneRun.WaitAsync();
        oneRun.Dispose();
    }

    private async Task RunAsync(DateTimeOffset due, DateTimeOffset now, CancellationToken cancellation)
    {
        var pastDue = missed || schedule.Next(due) <= now;
        next = schedule.Next(pastDue ? now : due);
        await InvokeAsync(pastDue, cancellation);
        missed = false;
        last = pastDue ? now : due;
        if (monitored)
            await state.WriteAsync(stateName, new Kept(last.Value), cancellation);
    }

    private async Task InvokeAsync(bool pastDue, CancellationToken cancellation)
    {
        try
        {
            await calls.RunTimerAsync(
                function, JsonSerializer.Serialize(new { IsPastDue = pastDue, ScheduleStatus = Status() }), cancellation);
        }
        catch (WorkerGoneException)
        {
            // The host is stopping.
        }
    }

    private object? Status() => monitored
        ? new { Last = last?.UtcDateTime ?? default, Next = next?.UtcDateTime ?? default, LastUpdated = last?.UtcDateTime ?? default }
        : null;

    /// <param name="Reached">Everything up to then has run, or was before the app's first start.</param>
    private sealed record Kept(DateTimeOffset Reached);
}
