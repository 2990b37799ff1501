using LocalDemo;
using LocalFunctions.Hosting;
using Spectre.Console;

[assembly: LocalCommand("demo", typeof(DemoCommand), Description = "One request on sample data, from the mail to the deleted bundle, in under a minute.", OwnData = true)]

namespace LocalDemo;

/// <summary>
/// The whole job on sample data: somebody asks, confirms, the officer approves, the person downloads, the bundle goes. It plays
/// the people over mail and web alone, as anybody could, and moves the clock where they would wait.
/// </summary>
public sealed class DemoCommand : ILocalCommand
{
    public async Task<int> RunAsync(LocalCommandContext context, CancellationToken cancellation)
    {
        var report = new DemoReport(AnsiConsole.Console, context.Clock);
        try
        {
            await new DemoStory(context, report).PlayAsync(cancellation);
            return 0;
        }
        catch (DemoFailedException failure)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(failure.Message)}[/]");
            return 1;
        }
    }
}
