using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>How values travel: written and read by the official worker, and kept as they are in between.</summary>
public sealed class SerialisationTests(AzuriteFixture azurite)
{
    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Paper(string Name, Colour Colour, string? Nothing);

    [Fact]
    public async Task GivenValuesOfManyKinds_WhenTheyTravel_ThenTheyArriveAsWritten()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", input => JsonSerializer.Deserialize<JsonElement>(input!))
            .Activity("Note", _ => null)
            .Orchestrator("Story", async context =>
            {
                var paper = await context.CallActivityAsync<Paper>("Step", context.GetInput<Paper>());
                var moment = await context.CallActivityAsync<DateTimeOffset>(
                    "Step", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(1)));
                var list = await context.CallActivityAsync<int[]>("Step", new[] { 1, 2 });
                var one = await context.CallActivityAsync<int[]>("Step", new[] { 7 });
                var nothing = await context.CallActivityAsync<int>("Note", 1);
                return $"{paper.Name} {paper.Colour} {moment:o} {string.Join(',', list)} {string.Join(',', one)} {nothing}";
            }));
        var end = await host.RunAsync("Story", new Paper("é", Colour.Green, null));
        Assert.Equal("é Green 2026-03-02T09:00:00.0000000+01:00 1,2 7 0", end.ReadOutputAs<string>());
        Assert.Equal("""{"Name":"\u00E9","Colour":1,"Nothing":null}""", end.SerializedInput);
    }

    [Fact]
    public async Task GivenAnAnswerOfAnotherType_WhenRead_ThenTheStoryMayCatchIt()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", _ => "Green")
            .Orchestrator("Story", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<Colour>("Step", 1);
                }
                catch (JsonException)
                {
                    return "caught";
                }
            }));
        Assert.Equal("caught", (await host.RunAsync("Story")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task GivenWhatCannotBeWritten_WhenItIsTheOutput_ThenTheStoryFails(double output)
    {
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Orchestrator("Story", _ => Task.FromResult<object?>(output)));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.RunAsync("Story")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenTextThatXmlCannotHold_WhenItTravels_ThenItArrives()
    {
        const string Odd = "\u0001\u001f \uFFFE \" \\ < & ]]> \r\n\t é 😀";
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", input => JsonSerializer.Deserialize<string>(input!))
            .Orchestrator("Story", async context =>
            {
                context.SetCustomStatus(context.GetInput<string>());
                return await context.CallActivityAsync<string>("Step", context.GetInput<string>()) +
                    await context.WaitForExternalEvent<string>("Go");
            }));
        await host.RunAsync("Story", Odd, "id");
        await host.Client.RaiseEventAsync("id", "Go", Odd, HostUnderTest.Cancellation);
        await host.CrashAndRestartAsync();
        var end = await host.LookAsync("id");
        Assert.Equal((Odd + Odd, Odd), (end.ReadOutputAs<string>(), end.ReadCustomStatusAs<string>()));
    }
}
