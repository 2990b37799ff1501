using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalFunctions.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Replay;

/// <summary>The context that an orchestrator's code sees during one turn.</summary>
internal sealed class RunContext(OrchestrationRun run, Turn turn) : TaskOrchestrationContext
{
    private static readonly Guid GuidNamespace = new("9e952958-5e33-4daf-827f-2fa12937b875");
    private int guids;

    public override TaskName Name => turn.Name;

    public override string InstanceId => turn.InstanceId;

    public override ParentOrchestrationInstance? Parent => turn.Parent;

    public override string Version => turn.Version;

    public override DateTime CurrentUtcDateTime => run.Now;

    public override bool IsReplaying => run.IsReplaying;

    protected override ILoggerFactory LoggerFactory => turn.Loggers;

    public override T? GetInput<T>()
        where T : default => DataConverter.Default.Deserialize<T>(turn.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        ThrowIfOptionsAreTheInput(input, options);
        var call = new HistoryEvent(EventKind.ActivityScheduled) { Name = name.Name, Payload = DataConverter.Default.Serialize(input) };
        return CallAsync<TResult>(call, options?.Retry);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        ThrowIfOptionsAreTheInput(input, options);
        var id = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        var call = new HistoryEvent(EventKind.ChildScheduled) { Name = orchestratorName.Name, Target = id, Payload = DataConverter.Default.Serialize(input), Version = options?.Version?.Version };
        return CallAsync<TResult>(call, options?.Retry);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        // A time of unknown kind is taken as UTC: that is what CurrentUtcDateTime plus a span of an input gives.
        var due = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        return run.Call(new(EventKind.TimerCreated) { At = due }, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return run.WaitForEvent<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        run.Send(instanceId, eventName, DataConverter.Default.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus) => run.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        run.ContinueAsNew(options);
    }

    public override Guid NewGuid()
    {
        run.VerifyAccess();
        var name = string.Create(CultureInfo.InvariantCulture, $"{InstanceId}_{CurrentUtcDateTime:o}_{guids++}");
#pragma warning disable CA5350 // A GUID of version 5 is SHA-1 by definition; it is a name, not a secret.
        var hash = SHA1.HashData([.. GuidNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static void ThrowIfOptionsAreTheInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException("Options were given in place of the input; name the argument: options: ...", nameof(input));
    }

    private async Task<TResult> CallAsync<TResult>(HistoryEvent call, TaskRetryOptions? retry)
    {
        var first = CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await run.Call(call);
                return DataConverter.Default.Deserialize<TResult>(result)!;
            }
            catch (TaskFailedException failure) when (retry is not null)
            {
                if (!await IsRetriedAsync(retry, attempt, first, failure.FailureDetails))
                    throw;
            }
        }
    }

    /// <summary>Waits as long as the policy says, in a durable timer. A handler retries at once.</summary>
    private async Task<bool> IsRetriedAsync(TaskRetryOptions retry, int attempt, DateTime first, TaskFailureDetails failure)
    {
        var elapsed = CurrentUtcDateTime - first;
        if (retry.Handler is { } handler)
            return await handler(new DurableTask.RetryContext(this, attempt, failure, elapsed, CancellationToken.None));
        var policy = retry.Policy!;
        if (attempt >= policy.MaxNumberOfAttempts || !policy.HandleFailure(failure))
            return false;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            return false;
        await CreateTimer(policy.DelayAfter(attempt), CancellationToken.None);
        return true;
    }
}
