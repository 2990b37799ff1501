namespace LocalHost.Storage;

/// <summary>Every write to storage passes here, so that a test can end the world before or after any one of them.</summary>
internal sealed class WriteGate(Action? beforeAndAfter = null)
{
    public async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        beforeAndAfter?.Invoke();
        var result = await write();
        beforeAndAfter?.Invoke();
        return result;
    }
}
