namespace TestFunctions;

/// <summary>
/// Timers of each kind. A test sets their schedules: every host has them, and where nobody says otherwise they are never due.
/// </summary>
public sealed class TimerFunctions(ScriptBook book)
{
    [Function(nameof(Regular))]
    public Task Regular([TimerTrigger("%Timers:Regular%")] TimerInfo timer, CancellationToken cancellation) =>
        RunAsync(nameof(Regular), timer, cancellation);

    [Function(nameof(Unmonitored))]
    public Task Unmonitored([TimerTrigger("%Timers:Unmonitored%", UseMonitor = false)] TimerInfo timer, CancellationToken cancellation) =>
        RunAsync(nameof(Unmonitored), timer, cancellation);

    [Function(nameof(AtStart))]
    public Task AtStart([TimerTrigger("%Timers__AtStart%", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation) =>
        RunAsync(nameof(AtStart), timer, cancellation);

    private Task RunAsync(string name, TimerInfo timer, CancellationToken cancellation) =>
        book.FindTimer(name)?.Invoke(timer, cancellation) ?? Task.CompletedTask;
}
