using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalHost.Durable;

/// <summary>
/// What the durable client of a function calls over gRPC. It is Microsoft's server; here it starts at a set time too, and tells of
/// failures as the Functions host does.
/// </summary>
internal sealed class TaskHubApi(OrchestrationService service, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    : TaskHubGrpcServer(
        lifetime, loggers, service, service, Options.Create(new TaskHubGrpcServerOptions { Mode = TaskHubGrpcServerMode.ApiServerOnly }))
{
    private static readonly OrchestrationStatus[] All = System.Enum.GetValues<OrchestrationStatus>();

    public override async Task<P.CreateInstanceResponse> StartInstance(P.CreateInstanceRequest request, ServerCallContext context)
    {
        var id = string.IsNullOrEmpty(request.InstanceId) ? Guid.NewGuid().ToString("N") : request.InstanceId;
        if (id.StartsWith('@'))
            throw new RpcException(new Status(StatusCode.InvalidArgument, "Instance ids that begin with @ are reserved."));
        var instance = new OrchestrationInstance { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        var start = new ExecutionStartedEvent(-1, request.Input)
        {
            Name = request.Name,
            Version = request.Version,
            OrchestrationInstance = instance,
            Tags = request.Tags.ToDictionary(),
            ScheduledStartTime = request.ScheduledStartTimestamp?.ToDateTime(),
        };
        try
        {
            await service.CreateTaskOrchestrationAsync(
                new TaskMessage { OrchestrationInstance = instance, Event = start }, Kept(request.OrchestrationIdReusePolicy));
        }
        catch (OrchestrationAlreadyExistsException exists)
        {
            throw new RpcException(new Status(StatusCode.AlreadyExists, exists.Message));
        }
        return new P.CreateInstanceResponse { InstanceId = id };
    }

    public override async Task<P.GetInstanceResponse> GetInstance(P.GetInstanceRequest request, ServerCallContext context) =>
        AsTheHostTells(await base.GetInstance(request, context));

    public override async Task<P.GetInstanceResponse> WaitForInstanceStart(P.GetInstanceRequest request, ServerCallContext context) =>
        AsTheHostTells(await base.WaitForInstanceStart(request, context));

    public override async Task<P.GetInstanceResponse> WaitForInstanceCompletion(P.GetInstanceRequest request, ServerCallContext context) =>
        AsTheHostTells(await base.WaitForInstanceCompletion(request, context));

    // The server below takes it for granted that a filter says from when.
    public override Task<P.PurgeInstancesResponse> PurgeInstances(P.PurgeInstancesRequest request, ServerCallContext context)
    {
        if (request.PurgeInstanceFilter is { CreatedTimeFrom: null } filter)
            filter.CreatedTimeFrom = Timestamp.FromDateTime(DateTime.UnixEpoch);
        return base.PurgeInstances(request, context);
    }

    // The policy names what may be replaced; the rest is kept. None: what is over may be replaced.
    private static OrchestrationStatus[] Kept(P.OrchestrationIdReusePolicy? policy) =>
        policy is null ? [] : [.. All.Except(policy.ReplaceableStatus.Select(status => (OrchestrationStatus)status))];

    /// <summary>Of one that failed, the host tells type and message as its output, and no details.</summary>
    private static P.GetInstanceResponse AsTheHostTells(P.GetInstanceResponse response)
    {
        if (response.OrchestrationState is { FailureDetails: { } failure } state)
        {
            state.Output = $"{failure.ErrorType}: {failure.ErrorMessage}";
            state.FailureDetails = null;
        }
        return response;
    }
}
