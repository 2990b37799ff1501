using LocalMachine;
using Spectre.Console;

namespace LocalDemo;

/// <summary>
/// The whole job on sample data: somebody asks, confirms, the officer approves, the person downloads, the bundle goes. It plays
/// the people over mail and web alone, as anybody could, and moves the clock where they would wait.
/// </summary>
public static class DemoCommand
{
    /// <param name="app">Where the app answers.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(Uri app, LocalClock clock, Surroundings machine, CancellationToken cancellation)
    {
        var report = new DemoReport(AnsiConsole.Console, clock);
        try
        {
            await new DemoStory(app, clock, machine, report).PlayAsync(cancellation);
            return 0;
        }
        catch (DemoFailedException failure)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(failure.Message)}[/]");
            return 1;
        }
    }
}
