using System.Net;
using System.Net.Sockets;
using LocalMachine;
using LocalMailbox.Drafts;
using LocalMailbox.Faults;
using LocalMailbox.Graph;
using LocalMailbox.Internet;
using LocalMailbox.Notifications;
using LocalMailbox.Store;
using LocalMailbox.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LocalMailbox;

/// <summary>Microsoft Graph mail on one machine: every address is a mailbox, and only this machine can reach it.</summary>
public sealed class MailboxServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private MailboxServer(WebApplication app, int port)
    {
        this.app = app;
        Port = port;
        BaseAddress = new Uri($"http://localhost:{port}/");
    }

    public int Port { get; }

    /// <summary>The web page.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What the Graph SDK takes as its base URL.</summary>
    public string GraphBaseUrl => $"{BaseAddress}v1.0";

    /// <param name="port">0 takes any free port.</param>
    /// <param name="dataFolder">Mail is kept in the folder <c>mailbox</c> below it.</param>
    /// <exception cref="LocalSetupException">The port is taken.</exception>
    public static async Task<MailboxServer> StartAsync(
        int port, string dataFolder, TimeProvider clock, CancellationToken cancellation = default)
    {
        // A free port may be gone again before it is used: then another one is.
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? FreePort() : port;
            var app = Build(chosen, Path.Combine(dataFolder, "mailbox"), clock);
            try
            {
                await app.StartAsync(cancellation);
                return new MailboxServer(app, chosen);
            }
            catch (IOException error)
            {
                await app.DisposeAsync();
                if (port != 0 || attempt == 5)
                    throw new LocalSetupException(
                        $"The mailbox cannot listen on port {chosen}: {error.Message} Choose another one with --mailbox-port.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static WebApplication Build(int port, string folder, TimeProvider clock)
    {
        // The empty builder reads no environment variable and no command line: those are the app's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            kestrel.Limits.MaxRequestBodySize = Outbox.MaxMessage + (10L * 1024 * 1024);
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(_ => new MailDatabase(folder));
        builder.Services.AddSingleton<MailStore>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton(_ => new UploadSessions(Path.Combine(folder, "uploads")));
        builder.Services.AddSingleton<SubscriptionStore>();
        builder.Services.AddSingleton<FaultList>();
        builder.Services.AddSingleton(_ =>
            new NotificationSender(new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })));
        builder.Services.AddSingleton<Notifier>();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<PageRenderer>();
        var app = builder.Build();
        Use(app);
        return app;
    }

    private static void Use(WebApplication app)
    {
        app.UseMiddleware<LoopbackOnly>();
        app.UseMiddleware<GraphErrors>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseRouting();
        GraphApi.Map(app);
        InternetMail.Map(app);
        FaultEndpoints.Map(app);
        MailPages.Map(app);
        WritePages.Map(app);
        app.Services.GetRequiredService<Notifier>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
