using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Spectrum.PrivacyFlows.Settings;
using RetryHandler = Microsoft.Kiota.Http.HttpClientLibrary.Middleware.RetryHandler;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>
/// The way to Microsoft Graph: the SDK's own handlers, which wait as long as Retry-After says where Graph is busy, and within them
/// immutable ids and no more than four requests at a time, which is what Graph allows an app on one mailbox.
/// </summary>
internal static class GraphConnection
{
    private const int RequestsAtATime = 4;

    /// <param name="identity">Who the app is; the emulator asks for nobody.</param>
    /// <param name="network">What sends the requests in the end; null for the network. Tests put faults there.</param>
    public static GraphServiceClient Open(MailSettings settings, AppIdentity? identity = null, HttpMessageHandler? network = null)
    {
        DelegatingHandler[] ours = [new ImmutableIdHandler(), new LimitingHandler(RequestsAtATime)];
        var handlers = GraphClientFactory.CreateDefaultHandlers()
            .Select(handler => handler is RetryHandler ? Patient(settings) : handler)
            .Concat(ours);
        var http = GraphClientFactory.Create(handlers, finalHandler: network);
        http.Timeout = settings.RequestTimeout;
        IAuthenticationProvider authentication = settings.IsLocal
            ? new AnonymousAuthenticationProvider()
            : SignedIn(settings, identity ?? new AppIdentity(ClientId: null));
        return new GraphServiceClient(http, authentication, settings.GraphBaseUrl.ToString().TrimEnd('/'));
    }

    // Waiting is bounded by the request's timeout, which runs on while the handler waits.
    private static RetryHandler Patient(MailSettings settings) => new(new RetryHandlerOption { MaxRetry = settings.Retries, Delay = 1 });

    private static AzureIdentityAuthenticationProvider SignedIn(MailSettings settings, AppIdentity identity) =>
        new(
            identity.Credential,
            [settings.GraphBaseUrl.Host],
            null,
            isCaeEnabled: true,
            new Uri(settings.GraphBaseUrl, "/.default").ToString());

    /// <summary>Ids that stay the same when a message is moved or sent.</summary>
    private sealed class ImmutableIdHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A retried request passes here again.
            if (!request.Headers.TryGetValues("Prefer", out var wishes) || !wishes.Contains(ImmutableIds))
                request.Headers.TryAddWithoutValidation("Prefer", ImmutableIds);
            return base.SendAsync(request, cancellationToken);
        }

        private const string ImmutableIds = "IdType=\"ImmutableId\"";
    }

    private sealed class LimitingHandler(int requestsAtATime) : DelegatingHandler
    {
        private readonly SemaphoreSlim free = new(requestsAtATime);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await free.WaitAsync(cancellationToken);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                free.Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                free.Dispose();
            base.Dispose(disposing);
        }
    }
}
