using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using LocalMachine;

namespace LocalHost.Storage;

/// <summary>
/// One host at a time on a storage. The lease lasts 15 seconds and is renewed; that of a process of this machine that is gone
/// is broken at once. A storage that does not answer does not take the lease away: nothing is written until it is renewed, and where
/// another host took it meanwhile, this one learns of it then.
/// </summary>
public sealed class HostLease : IAsyncDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private readonly BlobLeaseClient lease;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task renewal;
    private long renewed;

    /// <param name="since">A timestamp of <see cref="Stopwatch"/> from before the lease was asked for.</param>
    private HostLease(BlobLeaseClient lease, long since)
    {
        (this.lease, renewed) = (lease, since);
        renewal = RenewAsync();
    }

    private sealed record Holder(string Machine, int ProcessId, DateTimeOffset ProcessStarted, DateTimeOffset Since)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on {Machine}, since {Since:yyyy-MM-dd HH:mm:ss} UTC");
    }

    /// <summary>Cancelled when another host has taken the lease: this one must stop.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Nobody else can have it: it was renewed in time. False while the storage has been away for longer.</summary>
    public bool IsHeld => !lost.IsCancellationRequested && Stopwatch.GetElapsedTime(Interlocked.Read(ref renewed)) < Duration;

    /// <summary>Waits until the lease is held again.</summary>
    /// <exception cref="OperationCanceledException">It is lost, or the host stops.</exception>
    public async Task WhenHeldAsync()
    {
        while (!IsHeld)
        {
            lost.Token.ThrowIfCancellationRequested();
            await Task.Delay(RetryInterval, stopping.Token);
        }
    }

    /// <exception cref="LocalSetupException">Another host holds the lease; the message says which.</exception>
    public static async Task<HostLease> AcquireAsync(string connectionString, string container, CancellationToken cancellation)
    {
        // It is asked again at once where it does not answer, so one try is one try.
        var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = RenewalInterval } };
        var client = new BlobContainerClient(connectionString, container, options);
        await client.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var blob = client.GetBlobClient("host-lease");
        if (!await blob.ExistsAsync(cancellation))
            await CreateAsync(blob, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var since = Stopwatch.GetTimestamp();
                var lease = blob.GetBlobLeaseClient();
                await lease.AcquireAsync(Duration, cancellationToken: cancellation);
                var upload = new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = lease.LeaseId } };
                await blob.UploadAsync(BinaryData.FromString(JsonSerializer.Serialize(Myself())), upload, cancellation);
                return new HostLease(lease, since);
            }
            catch (RequestFailedException exception) when (exception.Status == 409)
            {
                await BreakOrRefuseAsync(blob, attempt, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await renewal;
        try
        {
            await lease.ReleaseAsync();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or OperationCanceledException)
        {
            // Lost already, or the storage is gone: it ends by itself.
        }
        stopping.Dispose();
        lost.Dispose();
    }

    private static async Task CreateAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            await blob.UploadAsync(BinaryData.FromString(""), overwrite: false, cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Another host created it in the same moment.
        }
    }

    private static async Task BreakOrRefuseAsync(BlobClient blob, int attempt, CancellationToken cancellation)
    {
        var text = (await blob.DownloadContentAsync(cancellation)).Value.Content.ToString();
        var holder = text is "" ? null : JsonSerializer.Deserialize<Holder>(text);
        if (attempt > 3 || (holder is not null && !IsGone(holder)))
            throw new LocalSetupException(
                $"Another host works on this storage: {(holder is null ? "one that is just starting" : holder.ToString())}. "
                + "Stop it, or choose another folder with --data. A host on another machine that was killed gives way after 15 seconds.");
        try
        {
            if (holder is null)
                await Task.Delay(500, cancellation);
            else
                await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // It ended by itself meanwhile.
        }
    }

    private static Holder Myself()
    {
        using var process = Process.GetCurrentProcess();
        return new(Environment.MachineName, process.Id, process.StartTime.ToUniversalTime(), TimeProvider.System.GetUtcNow());
    }

    private static bool IsGone(Holder holder)
    {
        if (holder.Machine != Environment.MachineName)
            return false;
        try
        {
            using var process = Process.GetProcessById(holder.ProcessId);
            // Another process may have been given the number since.
            return process.HasExited || (process.StartTime.ToUniversalTime() - holder.ProcessStarted).Duration() > TimeSpan.FromSeconds(2);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            for (var isHeld = true; ; isHeld = await TryRenewAsync())
            {
                // The lease is a matter of real time, whatever the app's clock says.
                await Task.Delay(isHeld ? RenewalInterval : Backoff.Jitter(RetryInterval), stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (RequestFailedException)
        {
            // Another host has it, or had it, or somebody deleted it.
            await lost.CancelAsync();
        }
    }

    /// <returns>False where the storage did not answer.</returns>
    /// <exception cref="RequestFailedException">The storage says that the lease is not this host's any more.</exception>
    private async Task<bool> TryRenewAsync()
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            await lease.RenewAsync(cancellationToken: stopping.Token);
            Interlocked.Exchange(ref renewed, asked);
            return true;
        }
        catch (Exception failure) when (
            !stopping.IsCancellationRequested && failure is not RequestFailedException { Status: 404 or 409 or 412 })
        {
            return false;
        }
    }
}
