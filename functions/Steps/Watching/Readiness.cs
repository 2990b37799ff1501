using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mailbox;

namespace Spectrum.PrivacyFlows.Steps.Watching;

/// <summary>The state of everything that the app depends on.</summary>
public sealed class Readiness(CaseStore cases, CaseStorage caseStorage, BundleStorage bundles, IMailReceiver mail, SystemCheck systems)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly CaseId Nobodys = new(2000, 1);

    /// <summary>Asks them all at once; takes as long as the slowest, and about ten seconds at most.</summary>
    public async Task<ReadinessReport> CheckAsync(DurableTaskClient orchestrations, CancellationToken cancellation)
    {
        var systemStates = systems.CheckAsync(cancellation);
        DependencyState[] own = await Task.WhenAll(
            CheckAsync("case-tables", stop => cases.FindAsync(Nobodys, stop), cancellation),
            CheckAsync("case-files", stop => ListAsync(caseStorage.Blobs, stop), cancellation),
            CheckAsync("bundles", stop => ListAsync(bundles.Blobs, stop), cancellation),
            CheckAsync("orchestrations", stop => orchestrations.GetInstanceAsync(Nobodys.ToString(), stop), cancellation),
            CheckAsync("mailbox", TakesMailAsync, cancellation));
        return new ReadinessReport([.. own, .. (await systemStates).Select(state => new DependencyState($"system/{state.System}", state.Problem, IsOurs: false))]);
    }

    private static async Task<DependencyState> CheckAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await ask(patience.Token).WaitAsync(Patience, cancellation);
            return new DependencyState(name, "", IsOurs: true);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var problem = failure is OperationCanceledException or TimeoutException ? $"It did not answer within {Patience.TotalSeconds} seconds." : Failures.Describe(failure);
            return new DependencyState(name, problem, IsOurs: true);
        }
    }

    private static async Task ListAsync(BlobServiceClient account, CancellationToken cancellation)
    {
        await foreach (var _ in account.GetBlobContainersAsync(cancellationToken: cancellation).AsPages(pageSizeHint: 1))
            break;
    }

    private async Task TakesMailAsync(CancellationToken cancellation)
    {
        if (!await mail.IsTakingMailAsync(cancellation))
            throw new MailNotTakenException();
    }

    private sealed class MailNotTakenException : Exception;
}

/// <param name="Dependencies">What the app needs, then the systems of record.</param>
public sealed record ReadinessReport(IReadOnlyList<DependencyState> Dependencies)
{
    /// <summary>Everything of our own works. A system of record that is down makes no difference: cases are taken in and wait for it.</summary>
    public bool IsReady => Dependencies.All(one => one.IsUp || !one.IsOurs);

    /// <summary><c>ready</c>, <c>degraded</c> where only systems of record are down, or <c>not ready</c>.</summary>
    public string Status => !IsReady ? "not ready" : Dependencies.All(one => one.IsUp) ? "ready" : "degraded";
}

/// <param name="Problem">Empty where it works; holds no secret and nothing of a person.</param>
/// <param name="IsOurs">The app cannot do its duty without it.</param>
public sealed record DependencyState(string Name, string Problem, bool IsOurs)
{
    public bool IsUp => Problem is "";
}
