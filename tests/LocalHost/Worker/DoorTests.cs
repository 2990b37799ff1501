using System.Net;
using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Spectrum.PrivacyFlows.Operations.Health;
using TestFunctions;
using P = Microsoft.DurableTask.Protobuf;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Worker;

/// <summary>
/// Whoever else has an account on this machine can reach its loopback ports; without the token of this process they get nowhere.
/// </summary>
public sealed class DoorTests(AzuriteFixture azurite)
{
    private const string TokenHeader = "durable-connectionname";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> WrongTokens => ["none", "", "guess", new string('0', 64)];

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task GivenNoTokenOrAnother_WhenSomebodyStartsAnOrchestration_ThenItIsRefused(string token)
    {
        await using var host = await StartAsync();
        using var channel = GrpcChannel.ForAddress(host.App.RpcAddress);
        var client = new P.TaskHubSidecarService.TaskHubSidecarServiceClient(channel);
        var headers = new Metadata { { "durable-taskhub", host.Hub } };
        if (token != "none")
            headers.Add(TokenHeader, token);
        AssertRefused(() => client.StartInstance(
            new P.CreateInstanceRequest { InstanceId = "id", Name = "Story" }, headers, cancellationToken: Cancellation));
        AssertRefused(() => client.Hello(new Empty(), headers, cancellationToken: Cancellation));
        AssertRefused(() =>
            client.QueryInstances(new P.QueryInstancesRequest { Query = new P.InstanceQuery() }, headers, cancellationToken: Cancellation));
        AssertRefused(() => client.CreateTaskHub(new P.CreateTaskHubRequest(), headers, cancellationToken: Cancellation));
        await host.SettleAsync();
        Assert.Null(await host.Client.GetInstanceAsync("id", Cancellation));
    }

    [Fact]
    public async Task GivenNoToken_WhenSomebodyAsksForWork_ThenTheyGetNone()
    {
        await using var host = await StartAsync();
        using var channel = GrpcChannel.ForAddress(host.App.RpcAddress);
        using var work = new P.TaskHubSidecarService.TaskHubSidecarServiceClient(channel)
            .GetWorkItems(new P.GetWorkItemsRequest(), cancellationToken: Cancellation);
        Assert.Equal(StatusCode.PermissionDenied,
            (await Assert.ThrowsAsync<RpcException>(() => work.ResponseStream.MoveNext(Cancellation))).StatusCode);
    }

    [Fact]
    public async Task GivenTheOfficialClientWithoutTheToken_WhenItStartsAnOrchestration_ThenItIsRefused()
    {
        await using var host = await StartAsync();
        using var channel = GrpcChannel.ForAddress(host.App.RpcAddress);
        await using var client = new GrpcDurableTaskClient("stranger", new GrpcDurableTaskClientOptions { Channel = channel },
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal(StatusCode.PermissionDenied,
            (await Assert.ThrowsAsync<RpcException>(() => client.ScheduleNewOrchestrationInstanceAsync("Story", Cancellation))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task GivenNoTokenOrAnother_WhenSomebodyPosesAsTheWorker_ThenTheyAreTurnedAwayAndTheWorkerGoesOn(string token)
    {
        await using var host = await StartAsync();
        using var channel = GrpcChannel.ForAddress(host.App.RpcAddress);
        using var call = channel.CreateCallInvoker()
            .AsyncDuplexStreamingCall(EventStream, null, new CallOptions(cancellationToken: Cancellation));
        await call.RequestStream.WriteAsync(Hello(token), Cancellation);
        Assert.Equal(StatusCode.PermissionDenied,
            (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation))).StatusCode);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.RunAsync("Story")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenSomebodyWhoSaysNothing_WhenTheyLeave_ThenTheWorkerGoesOn()
    {
        await using var host = await StartAsync();
        using var channel = GrpcChannel.ForAddress(host.App.RpcAddress);
        using (var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            EventStream, null, new CallOptions(cancellationToken: Cancellation)))
            await call.RequestStream.CompleteAsync();
        Assert.Equal("thing 1", await host.Http.GetStringAsync("api/things/1", Cancellation));
    }

    [Fact]
    public async Task GivenTheHostsOwnAddresses_WhenTriedFromElsewhere_ThenNobodyListens()
    {
        await using var host = await StartAsync();
        var others = Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address)).ToList();
        Assert.SkipWhen(others.Count == 0, "This machine has no address but loopback.");
        Uri[] doors = [host.App.BaseAddress, host.App.RpcAddress, host.App.WorkerAddress];
        foreach (var (address, door) in others.SelectMany(address => doors.Select(door => (address, door))))
        {
            using var tcp = new TcpClient(address.AddressFamily);
            await Assert.ThrowsAsync<SocketException>(async () => await tcp.ConnectAsync(address, door.Port, Cancellation));
        }
    }

    private static readonly Method<byte[], byte[]> EventStream = new(
        MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", "EventStream",
        Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));

    // StreamingMessage { start_stream (20) { worker_id (2) } }, as anybody can write it.
    private static byte[] Hello(string token)
    {
        byte[] id = token == "none" ? [] : [0x12, (byte)token.Length, .. System.Text.Encoding.ASCII.GetBytes(token)];
        return [0xA2, 0x01, (byte)id.Length, .. id];
    }

    private static void AssertRefused(Action ask) => Assert.Equal(StatusCode.PermissionDenied, Assert.Throws<RpcException>(ask).StatusCode);

    private Task<HostUnderTest> StartAsync() =>
        HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", _ => Task.FromResult<object?>(1)));
}
