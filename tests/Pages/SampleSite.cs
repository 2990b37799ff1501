using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Tests.Letters;

namespace Spectrum.PrivacyFlows.Tests.Pages;

/// <summary>Serves the sample pages as the app would, and the letters; keeps the last form that each page sent back.</summary>
public sealed class SampleSite : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, IFormCollection> sent = new();
    private WebApplication? app;

    public string Address => app!.Urls.First();

    public IReadOnlyDictionary<string, string> Sent(string page) =>
        sent[page].ToDictionary(field => field.Key, field => field.Value.ToString());

    public bool HasSent(string page) => sent.ContainsKey(page);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new PageRenderer(new ContactDetails()));
        app = builder.Build();
        app.MapGet("/pages/{page}", (string page, HttpContext context) => SendAsync(context, PageSamples.All[page]));
        app.MapPost("/pages/{page}", TakeAsync);
        app.MapGet("/letters/{folder}/{letter}", (string folder, string letter) =>
            Results.Content(LetterSamples.Render(LetterSamples.All[$"{folder}/{letter}"]).Html, "text/html; charset=utf-8"));
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    private static Task SendAsync(HttpContext context, Page page) =>
        new PageResult(page).ExecuteResultAsync(new ActionContext { HttpContext = context });

    private async Task TakeAsync(string page, HttpContext context)
    {
        sent[page] = await context.Request.ReadFormAsync();
        await SendAsync(context, PageSamples.All["Thanks"]);
    }
}
