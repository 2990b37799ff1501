using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Intake.Receiving;

namespace Spectrum.PrivacyFlows.Operations.Health;

/// <summary>
/// What the app depends on, as health checks. Without one of its own the app cannot do its duty: it is unhealthy. A system of record that
/// is down makes it degraded: cases are taken in and wait for it.
/// </summary>
internal static class HealthServices
{
    /// <summary>The tag of systems of record; the name of each is this, a slash and its key in the data map.</summary>
    public const string System = "system";

    /// <summary>The tag of what is the app's own.</summary>
    public const string Own = "own";

    public static IServiceCollection AddHealth(this IServiceCollection services, DataMapCatalogue map)
    {
        var checks = services.AddHealthChecks();
        checks.AddOwn<CaseStore>("case-tables", (cases, stop) => cases.FindAsync(CaseId.OfTheSystem, stop));
        checks.AddOwn<CaseAccount>("case-files", (storage, stop) => ListAsync(storage.Blobs, stop));
        checks.AddOwn<BundleAccount>("bundles", (storage, stop) => ListAsync(storage.Blobs, stop));
        checks.AddOwn<IMailReceiver>("mailbox", TakesMailAsync);
        foreach (var system in map.Systems)
            checks.Add<ConnectorSet>(
                $"{System}/{system.Key}", (connectors, stop) => connectors.Open(system).CheckAsync(stop), HealthStatus.Degraded, System);
        return services;
    }

    private static void AddOwn<T>(this IHealthChecksBuilder checks, string name, Func<T, CancellationToken, Task> ask)
        where T : notnull => checks.Add(name, ask, HealthStatus.Unhealthy, Own);

    private static void Add<T>(
        this IHealthChecksBuilder checks, string name, Func<T, CancellationToken, Task> ask, HealthStatus onFailure, string tag)
        where T : notnull => checks.Add(new HealthCheckRegistration(
                name,
                services => new DependencyCheck(stop => ask(services.GetRequiredService<T>(), stop)),
                onFailure,
                [tag],
                DependencyCheck.Patience));

    private static async Task ListAsync(BlobServiceClient account, CancellationToken cancellation)
    {
        await foreach (var _ in account.GetBlobContainersAsync(cancellationToken: cancellation).AsPages(pageSizeHint: 1))
            break;
    }

    private static async Task TakesMailAsync(IMailReceiver mail, CancellationToken cancellation)
    {
        if (!await mail.IsTakingMailAsync(cancellation))
            throw new MailNotTakenException();
    }

    private sealed class MailNotTakenException : Exception;
}
