using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Data.Tables;
using LocalMailbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Sending;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.LocalMailbox;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;
using MailSettings = Spectrum.PrivacyFlows.Mail.MailSettings;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>
/// A mailbox server and a storage of its own, and the app's mail services on them; these can be thrown away
/// and made anew, as a restart does.
/// </summary>
internal sealed class MailLab : IAsyncDisposable
{
    private static int lastYear = 4000;

    private readonly string azurite;
    private readonly string folder;
    private readonly MailboxServer server;
    private readonly HttpClient internet = new();
    private readonly List<ServiceProvider> apps = [];

    private MailLab(string azurite, string folder, MailboxServer server, ManualClock clock)
    {
        this.azurite = azurite;
        this.folder = folder;
        this.server = server;
        Clock = clock;
        Own = $"privacy-{Name}@spectrum.example";
        Officer = $"officer-{Name}@spectrum.example";
        App = Start();
    }

    public string Name { get; } = Guid.NewGuid().ToString("N")[..10];

    public string Own { get; }

    public string Officer { get; }

    public string Person => $"person-{Name}@people.example";

    public ManualClock Clock { get; }

    /// <summary>Faults of the way to Graph and of the way to storage.</summary>
    public Faults Graph { get; } = new();

    public Faults Storage { get; } = new();

    public ServiceProvider App { get; private set; }

    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Every start of a case, as often as it was asked for.</summary>
    public ConcurrentQueue<CaseId> Starts { get; } = [];

    public IMailReceiver Receiver => App.GetRequiredService<IMailReceiver>();

    public IOutbox Outbox => App.GetRequiredService<IOutbox>();

    public CaseStore Cases => App.GetRequiredService<CaseStore>();

    public CaseFiles Files => App.GetRequiredService<CaseFiles>();

    public EvidenceLog Record => App.GetRequiredService<EvidenceLog>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MailLab> StartAsync(AzuriteFixture azurite)
    {
        // A year of its own for each lab: tests share one storage, and case numbers count by year.
        var clock = new ManualClock(new DateTimeOffset(Interlocked.Increment(ref lastYear), 6, 15, 9, 0, 0, TimeSpan.Zero));
        var folder = Path.Combine(Path.GetTempPath(), "maillab-" + Guid.NewGuid().ToString("N"));
        return new MailLab(azurite.ConnectionString, folder, await MailboxServer.StartAsync(0, folder, clock, Cancellation), clock);
    }

    /// <summary>A new process on the same storage and mailbox, with no faults.</summary>
    public void Restart()
    {
        Graph.Clear();
        Storage.Clear();
        App = Start();
    }

    /// <summary>Where the mailbox sends notifications; a test that wants them listens there.</summary>
    public int NotificationPort { get; } = FreePort();

    /// <summary>The number of the case whose start fails; 0 for none.</summary>
    public int StartFailsFor { get; set; }

    public Task SweepAsync() => Receiver.SweepAsync(StartCaseAsync, Cancellation);

    public Task StartCaseAsync(CaseId caseId, Question? answered, CancellationToken cancellation)
    {
        if (caseId.Number == StartFailsFor)
            throw new InvalidOperationException("The start fails.");
        Starts.Enqueue(caseId);
        return Task.CompletedTask;
    }

    /// <summary>Delivers raw MIME to our mailbox as the internet would.</summary>
    public async Task DeliverAsync(byte[] mime)
    {
        using var content = new ByteArrayContent(mime);
        using var answer = await internet.PostAsync(
            new Uri(server.BaseAddress, $"local/mail?to={Uri.EscapeDataString(Own)}"), content, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    public Task DeliverAsync(string mime) => DeliverAsync(Encoding.UTF8.GetBytes(mime.ReplaceLineEndings("\r\n")));

    /// <summary>What lies in anybody's inbox, the newest first.</summary>
    public Task<IReadOnlyList<Message>> InboxOfAsync(string address) => ReadAsync(address, "Inbox");

    public async Task<IReadOnlyList<Message>> ReadAsync(string address, string mailFolder)
    {
        var all = await GraphConnection.Open(Settings()).Users[address].MailFolders[mailFolder].Messages
            .GetAsync(request => request.QueryParameters.Top = 200, Cancellation);
        return all!.Value!;
    }

    public async Task<MimeKit.MimeMessage> MimeOfAsync(string address, string id)
    {
        await using var mime = await GraphConnection.Open(Settings()).Users[address].Messages[id].Content
            .GetAsync(cancellationToken: Cancellation);
        return await MimeKit.MimeMessage.LoadAsync(mime!, Cancellation);
    }

    /// <summary>As somebody writes one who works in our mailbox.</summary>
    public Task WriteDraftAsync(string subject) =>
        GraphConnection.Open(Settings()).Users[Own].Messages.PostAsync(new Message { Subject = subject }, cancellationToken: Cancellation);

    /// <param name="folder">By its well-known name.</param>
    public Task MoveAsync(string id, string folder) =>
        GraphConnection.Open(Settings()).Users[Own].Messages[id].Move.PostAsync(
            new() { DestinationId = folder }, cancellationToken: Cancellation);

    public Task DeleteAsync(string id) =>
        GraphConnection.Open(Settings()).Users[Own].Messages[id].DeleteAsync(cancellationToken: Cancellation);

    public async Task<IReadOnlyList<Case>> CasesAsync()
    {
        List<Case> found = [];
        await foreach (var one in Cases.OpenAsync(Cancellation))
        {
            if (one.ReceivedAt.Year == Clock.GetUtcNow().Year)
                found.Add(one);
        }
        return [.. found.OrderBy(one => one.Id.Number)];
    }

    public async Task<IReadOnlyList<EvidenceLine>> RecordOfAsync(CaseId caseId) =>
        await Record.ReadAsync(caseId, Cancellation).ToListAsync(Cancellation);

    /// <summary>As if Graph had forgotten how far we have read.</summary>
    public Task ForgetLinkAsync() =>
        new TableClient(azurite, "Mailbox").DeleteEntityAsync(
            MailboxState.Key(new EmailAddress(Own)), "inbox", cancellationToken: Cancellation);

    public async Task<IReadOnlyList<Subscription>> SubscriptionsAsync() =>
        (await GraphConnection.Open(Settings()).Subscriptions.GetAsync(cancellationToken: Cancellation))!.Value!;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps)
            await app.DisposeAsync();
        internet.Dispose();
        await server.DisposeAsync();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Those of the next <see cref="Restart"/>.</summary>
    public BudgetSettings Budgets { get; set; } = new();

    /// <summary>What waits for the officer.</summary>
    public async Task<IReadOnlyList<IntakeEntry>> HeldAsync() => await Held.ReadAsync(Cancellation).ToListAsync(Cancellation);

    public HeldMail Held => App.GetRequiredService<HeldMail>();

    /// <summary>Mail before this moment is left alone, from the next <see cref="Restart"/> on.</summary>
    public DateTimeOffset? Since { get; set; }

    public MailSettings Settings(TimeSpan? timeout = null) => new()
    {
        Since = Since,
        Address = new EmailAddress(Own),
        GraphBaseUrl = new Uri(server.GraphBaseUrl),
        ClientState = "a-secret-of-tests-0123456789-0123456789",
        NotificationUrl = new Uri($"http://localhost:{NotificationPort}/api/mail/notifications"),
        RequestTimeout = timeout ?? TimeSpan.FromSeconds(20),
        Retries = 2,
    };

    private ServiceProvider Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(FaultyStorage.Open(azurite, Storage));
        services.AddSingleton<CaseStore>().AddSingleton<CaseFiles>().AddSingleton<CaseNumbers>().AddSingleton<EvidenceLog>()
            .AddSingleton<CaseAnswers>().AddSingleton<CaseLinks>();
        services.AddSingleton(new OfficerSettings(new EmailAddress(Officer), new EmailAddress($"director-{Name}@spectrum.example")));
        services.AddLogging(logging => logging.AddProvider(new QueueLoggerProvider(Log)));
        services.AddSingleton(new CaseSeals(new byte[32])).AddSingleton(Budgets);
        services.AddSingleton(new LinkSettings(new Uri("https://privacy.example"), new byte[LinkSettings.ShortestKey]));
        services.AddSingleton(Settings()).AddSingleton(new ContactDetails()).AddMail().AddIntake();
        services.Replace(ServiceDescriptor.Singleton(_ => GraphConnection.Open(Settings(), network: new FaultyHandler(Graph))));
        var app = services.BuildServiceProvider();
        apps.Add(app);
        return app;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
