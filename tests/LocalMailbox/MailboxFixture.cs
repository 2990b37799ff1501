using global::LocalMailbox;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

/// <summary>One mailbox server for the tests of a class; each test uses addresses of its own.</summary>
public sealed class MailboxFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "mailbox-tests-" + Guid.NewGuid().ToString("N"));
    private readonly HttpClient graphHttp = new();
    private MailboxServer? server;

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public MailboxServer Server => server!;

    /// <summary>The server's own paths, such as local/mail.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>The SDK as the app uses it, without its own retries.</summary>
    public GraphServiceClient Graph { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = await MailboxServer.StartAsync(0, folder, Clock, TestContext.Current.CancellationToken);
        Http.BaseAddress = server.BaseAddress;
        Graph = new GraphServiceClient(graphHttp, new AnonymousAuthenticationProvider(), server.GraphBaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        Graph.Dispose();
        graphHttp.Dispose();
        Http.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public static string NewAddress(string name = "person") => $"{name}-{Guid.NewGuid():N}@example.org";

    public async Task<HttpResponseMessage> DeliverAsync(string mime, string query = "")
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(mime.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = new("message/rfc822");
        return await Http.PostAsync(new Uri("local/mail" + query, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
