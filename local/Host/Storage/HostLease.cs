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
/// is broken at once.
/// </summary>
public sealed class HostLease : IAsyncDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);
    private readonly BlobLeaseClient lease;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task renewal;

    private HostLease(BlobLeaseClient lease)
    {
        this.lease = lease;
        renewal = RenewAsync();
    }

    private sealed record Holder(string Machine, int ProcessId, DateTimeOffset ProcessStarted, DateTimeOffset Since)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on {Machine}, since {Since:yyyy-MM-dd HH:mm:ss} UTC");
    }

    /// <summary>Cancelled when the lease could not be kept: another host may run now, so this one must stop.</summary>
    public CancellationToken Lost => lost.Token;

    /// <exception cref="LocalSetupException">Another host holds the lease; the message says which.</exception>
    public static async Task<HostLease> AcquireAsync(string connectionString, string container, CancellationToken cancellation)
    {
        var client = new BlobContainerClient(connectionString, container);
        await client.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var blob = client.GetBlobClient("host-lease");
        if (!await blob.ExistsAsync(cancellation))
            await CreateAsync(blob, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var lease = blob.GetBlobLeaseClient();
                await lease.AcquireAsync(Duration, cancellationToken: cancellation);
                var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = lease.LeaseId } };
                await blob.UploadAsync(BinaryData.FromString(JsonSerializer.Serialize(Myself())), options, cancellation);
                return new HostLease(lease);
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
        catch (RequestFailedException)
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
        // The lease is a matter of real time, whatever the app's clock says.
        using var timer = new PeriodicTimer(RenewalInterval);
        var renewed = Stopwatch.StartNew();
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (await TryRenewAsync())
                    renewed.Restart();
                else if (renewed.Elapsed > Duration)
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            await lease.RenewAsync(cancellationToken: stopping.Token);
            return true;
        }
        catch (RequestFailedException)
        {
            return false;
        }
    }
}
