namespace LocalHost.Storage;

/// <summary>
/// Every write to storage passes here: a host that may have lost its lease writes nothing until it has it again, and a test can end the
/// world before or after any one of them.
/// </summary>
internal sealed class WriteGate(Action? beforeAndAfter = null)
{
    /// <summary>Set once, before the first write that needs it.</summary>
    public HostLease? Lease { get; set; }

    /// <exception cref="OperationCanceledException">Another host has the storage, or this one stops: nothing was written.</exception>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        if (Lease is { IsHeld: false } lease)
            await lease.WhenHeldAsync();
        beforeAndAfter?.Invoke();
        var result = await write();
        beforeAndAfter?.Invoke();
        return result;
    }
}
