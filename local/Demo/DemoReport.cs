using System.Globalization;
using Spectre.Console;

namespace LocalDemo;

/// <summary>What somebody who watches the demo sees: each step as it goes, with the time on the moved clock.</summary>
internal sealed class DemoReport(IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public async Task<T> StepAsync<T>(string what, Func<Task<T>> step)
    {
        try
        {
            var result = await ShowAsync(what, step);
            console.MarkupLine($"[green]✓[/] [grey]{Now()}[/]  {Markup.Escape(what)}");
            return result;
        }
        catch (Exception failure) when (failure is not DemoFailedException)
        {
            console.MarkupLine($"[red]✗[/] [grey]{Now()}[/]  {Markup.Escape(what)}");
            throw new DemoFailedException(what, failure);
        }
    }

    // A spinner is for eyes; a log file wants each step once.
    private Task<T> ShowAsync<T>(string what, Func<Task<T>> step) =>
        console.Profile.Capabilities.Interactive
            ? console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(what), _ => step())
            : step();

    public Task StepAsync(string what, Func<Task> step) => StepAsync(what, async () =>
    {
        await step();
        return true;
    });

    public void Note(string text) => console.MarkupLine($"                       [grey]{Markup.Escape(text)}[/]");

    public void Timeline(IEnumerable<(DateTimeOffset At, string Text)> lines)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("When (London)").AddColumn("What the case's record says");
        foreach (var (at, text) in lines)
            table.AddRow(Markup.Escape(Local(at)), Markup.Escape(text));
        console.Write(table);
    }

    private string Now() => Local(clock.GetUtcNow());

    private static string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, London).ToString("ddd dd MMM yyyy HH:mm", CultureInfo.GetCultureInfo("en-GB"));
}

/// <summary>A step of the demo did not do what it should.</summary>
internal sealed class DemoFailedException(string step, Exception inner) : Exception($"The step “{step}” failed: {inner.Message}", inner);
