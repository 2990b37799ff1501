using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using LocalHost.Worker.Rpc;

namespace LocalHost.Worker;

/// <summary>The host's end of the one stream between host and worker: learns what functions there are, then calls them.</summary>
/// <param name="workerId">Known to the worker of this process alone: whoever else dials in is turned away.</param>
/// <param name="appFolder">Where the app's files are.</param>
internal sealed class WorkerChannel(string workerId, string appFolder) : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<Frame> outgoing = Channel.CreateUnbounded<Frame>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationEnded>> calls = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<IReadOnlyList<Function>> functions = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Function> loading = new(StringComparer.Ordinal);
    private readonly List<Function> loaded = [];
    private int connections;

    /// <summary>The worker's functions, once it is ready to run them.</summary>
    public Task<IReadOnlyList<Function>> Functions => functions.Task;

    public override async Task EventStream(
        IAsyncStreamReader<Frame> requestStream, IServerStreamWriter<Frame> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext()
                || requestStream.Current.Hello?.WorkerId != workerId
                || Interlocked.Increment(ref connections) > 1)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "This host has a worker of its own."));
        Post(new Frame
        {
            Init = new InitRequest { HostVersion = "4.1037.0", FunctionAppDirectory = appFolder, WorkerDirectory = appFolder },
        });
        var sending = SendAsync(responseStream, context.CancellationToken);
        try
        {
            while (await requestStream.MoveNext())
                Take(requestStream.Current);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The worker has ended.
        }
        finally
        {
            outgoing.Writer.TryComplete();
            functions.TrySetException(new WorkerGoneException());
            foreach (var call in calls.Values)
                call.TrySetException(new WorkerGoneException());
            await sending;
        }
    }

    /// <summary>Calls a function and waits for its end.</summary>
    /// <param name="cancellation">Tells the function to stop; it may take its time.</param>
    /// <exception cref="WorkerGoneException">The worker ended meanwhile.</exception>
    public async Task<InvocationEnded> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        var call = calls[invocation.InvocationId] = new TaskCompletionSource<InvocationEnded>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (!Post(new Frame { Invocation = invocation }))
                throw new WorkerGoneException();
            await using var stop = cancellation.Register(() =>
                Post(new Frame { Cancel = new InvocationCancel { InvocationId = invocation.InvocationId } }));
            return await call.Task;
        }
        finally
        {
            calls.TryRemove(invocation.InvocationId, out _);
        }
    }

    private bool Post(Frame frame)
    {
        frame.RequestId = Guid.NewGuid().ToString();
        return outgoing.Writer.TryWrite(frame);
    }

    private async Task SendAsync(IServerStreamWriter<Frame> stream, CancellationToken cancellation)
    {
        try
        {
            await foreach (var frame in outgoing.Reader.ReadAllAsync(cancellation))
                await stream.WriteAsync(frame, cancellation);
        }
        catch (Exception end) when (end is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The worker has ended.
        }
    }

    private void Take(Frame frame)
    {
        switch (frame.ContentCase)
        {
            case Frame.ContentOneofCase.InitAnswer:
                Post(new Frame { MetadataRequest = new MetadataRequest { FunctionAppDirectory = appFolder } });
                break;
            case Frame.ContentOneofCase.Metadata:
                Load(frame.Metadata);
                break;
            case Frame.ContentOneofCase.LoadAnswer:
                TakeLoaded(frame.LoadAnswer);
                break;
            case Frame.ContentOneofCase.Ended:
                if (calls.TryGetValue(frame.Ended.InvocationId, out var call))
                    call.TrySetResult(frame.Ended);
                break;
        }
    }

    private void Load(MetadataAnswer answer)
    {
        if (answer.Result?.Status == Rpc.CallResult.Types.Status.Failure)
            functions.TrySetException(
                new InvalidOperationException($"The worker cannot tell its functions: {answer.Result.Failure?.Message}"));
        foreach (var entry in answer.Functions)
        {
            var function = new Function(entry);
            loading.Add(function.Id, function);
            Post(new Frame { Load = new LoadRequest { FunctionId = function.Id, Function = entry } });
        }
        FinishWhenLoaded();
    }

    private void TakeLoaded(LoadAnswer answer)
    {
        if (!loading.Remove(answer.FunctionId, out var function))
            return;
        if (answer.Result?.Status == Rpc.CallResult.Types.Status.Failure)
            functions.TrySetException(
                new InvalidOperationException($"The function {function.Name} cannot be loaded: {answer.Result.Failure?.Message}"));
        loaded.Add(function);
        FinishWhenLoaded();
    }

    private void FinishWhenLoaded()
    {
        if (loading.Count == 0)
            functions.TrySetResult([.. loaded.OrderBy(function => function.Name, StringComparer.Ordinal)]);
    }
}
