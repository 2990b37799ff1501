using LocalFunctions.Invocation;
using LocalFunctions.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctions.Http;

/// <summary>ASP.NET Core, set up to serve an app's functions on loopback.</summary>
internal static class LocalWeb
{
    public static void Configure(WebApplicationBuilder web, LoopbackPort port)
    {
        web.Services.AddRouting();
        web.Services.AddMvcCore();
        web.WebHost.UseKestrelCore();
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpFunctions.LargestBody;
            foreach (var endPoint in port.EndPoints)
                kestrel.Listen(endPoint);
        });
        web.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endPoint => port.Take(endPoint));
    }

    public static void Map(WebApplication web, IReadOnlyList<Function> functions)
    {
        var prefix = web.Configuration["AzureFunctionsJobHost:extensions:http:routePrefix"] ?? "api";
        ActivatorUtilities.CreateInstance<HttpFunctions>(web.Services).Map(web, prefix, functions);
        ActivatorUtilities.CreateInstance<ClockEndpoint>(web.Services).Map(web);
        var announcements = web.Services.GetRequiredService<Announcements>();
        web.MapGet("/", http => announcements.Page().ExecuteAsync(http));
    }
}
