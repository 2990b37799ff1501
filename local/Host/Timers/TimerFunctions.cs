using System.Text.RegularExpressions;
using LocalHost.Worker;
using LocalMachine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalHost.Timers;

/// <summary>
/// Runs the timer functions. An advance of the clock does not stop for them: what became due on the way is one run at the next stop.
/// </summary>
internal sealed partial class TimerFunctions : ITimekeeper, IAsyncDisposable
{
    private readonly IReadOnlyList<TimerFunction> timers;
    private readonly ILogger logger;
    private readonly IDisposable registration;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationToken stopped;
    private Task loops = Task.CompletedTask;

    public TimerFunctions(
        IReadOnlyList<ScheduledFunction> functions, FunctionCalls calls, HostState state, LocalClock clock, ILogger<TimerFunctions> logger)
    {
        this.logger = logger;
        timers = [.. functions.Select(timer => new TimerFunction(timer.Function, timer.Schedule, calls, state, clock))];
        stopped = stopping.Token;
        registration = clock.Register(this);
    }

    public DateTimeOffset? NextDue => null;

    /// <summary>Reads the schedules of those that are timer functions, <c>%Setting%</c> resolved.</summary>
    /// <exception cref="LocalSetupException">A schedule is not one; the message names the function.</exception>
    public static IReadOnlyList<ScheduledFunction> Schedules(IEnumerable<Function> functions, IConfiguration settings) =>
        [.. functions.Where(function => function.TriggerType.Equals("timerTrigger", StringComparison.OrdinalIgnoreCase))
            .Select(function => new ScheduledFunction(function, Schedule(function, settings)))];

    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var timer in timers)
            await timer.PrepareAsync(cancellation);
        loops = Task.WhenAll(timers.Select(timer => Task.Run(() => KeepRunningAsync(timer), CancellationToken.None)));
    }

    public async Task SettleAsync(CancellationToken cancellation)
    {
        stopped.ThrowIfCancellationRequested();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopped);
        await Task.WhenAll(timers.Select(timer => timer.RunIfDueAsync(either.Token)));
    }

    /// <summary>Cancels what runs and waits for it to end.</summary>
    public async ValueTask DisposeAsync()
    {
        registration.Dispose();
        await stopping.CancelAsync();
        await loops;
        foreach (var timer in timers)
            await timer.DisposeAsync();
        stopping.Dispose();
    }

    private static TimerSchedule Schedule(Function function, IConfiguration settings)
    {
        var written = function.Text("schedule") ?? "";
        var text = SettingName().Replace(written, match => settings[match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new LocalSetupException($"The function {function.Name} cannot run: "
                + $"its schedule names the setting {match.Groups["name"].Value}, which is not there."));
        try
        {
            return TimerSchedule.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new LocalSetupException($"The function {function.Name} cannot run: its schedule '{text}' is not one: {fault.Message}");
        }
    }

    private async Task KeepRunningAsync(TimerFunction timer)
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                await timer.LoopAsync(stopped);
                return;
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Most likely the storage could not be written to, and what says so is many things (a single refusal, several in one,
                // a timeout): whatever it is, the schedule goes on, and a restart may run this occurrence again.
                logger.LogWarning(fault, "A timer's state was not kept.");
            }
        }
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture)]
    private static partial Regex SettingName();
}

/// <summary>A timer function and what its schedule says.</summary>
internal sealed record ScheduledFunction(Function Function, TimerSchedule Schedule);
