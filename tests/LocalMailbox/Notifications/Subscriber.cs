using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox.Notifications;

/// <summary>An app that takes notifications, or not, as the test wants.</summary>
public sealed class Subscriber : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonObject> taken = new();
    private WebApplication? app;
    private int refusals;

    public string Url { get; private set; } = "";

    public bool GivesTokenBack { get; init; } = true;

    /// <summary>How many of the next notifications are answered 503.</summary>
    public int Refusals { set => refusals = value; }

    public static async Task<Subscriber> StartAsync(bool givesTokenBack = true)
    {
        var subscriber = new Subscriber { GivesTokenBack = givesTokenBack };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        subscriber.app = builder.Build();
        subscriber.app.Run(subscriber.TakeAsync);
        await subscriber.app.StartAsync();
        subscriber.Url = subscriber.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            + "/notify";
        return subscriber;
    }

    public async ValueTask DisposeAsync() => await app!.DisposeAsync();

    /// <summary>Waits until so many were taken, then a moment more: none may come after.</summary>
    public async Task<IReadOnlyList<JsonObject>> TakenAsync(int count)
    {
        for (var tries = 0; taken.Count < count && tries < 100; tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await Task.Delay(150, TestContext.Current.CancellationToken);
        Assert.Equal(count, taken.Count);
        return [.. taken];
    }

    private async Task TakeAsync(HttpContext http)
    {
        if (http.Request.Query["validationToken"].ToString() is { Length: > 0 } token)
        {
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync(GivesTokenBack ? token : "something else");
            return;
        }
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            http.Response.StatusCode = 503;
            return;
        }
        foreach (var notification in (await JsonNode.ParseAsync(http.Request.Body))!["value"]!.AsArray())
            taken.Enqueue(notification!.DeepClone().AsObject());
        http.Response.StatusCode = 202;
    }
}
