using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using LocalHost.Durable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalHost.Worker;

/// <summary>
/// Where the worker dials in: for the calls of functions, and for what its durable clients ask. On loopback alone, and only for who
/// knows this process's token, since anybody with an account on this machine can reach a loopback port.
/// </summary>
internal sealed class RpcServer : IAsyncDisposable
{
    // The header in which the durable client names its connection: the host gives it the name, so the name is the token.
    private const string TokenHeader = "durable-connectionname";
    private readonly WebApplication app;

    private RpcServer(WebApplication app)
    {
        this.app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public static async Task<RpcServer> StartAsync(
        WorkerChannel channel, OrchestrationService service, string token, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null))
            .AddServiceOptions<TaskHubApi>(grpc => grpc.Interceptors.Add<TokenCheck>(token));
        builder.Services.AddSingleton(channel);
        builder.Services.AddSingleton(services =>
            new TaskHubApi(service, services.GetRequiredService<IHostApplicationLifetime>(), loggers));
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<WorkerChannel>();
        app.MapGrpcService<TaskHubApi>();
        await app.StartAsync();
        return new RpcServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private sealed class TokenCheck(string token) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            context.RequestHeaders.GetValue(TokenHeader) == token ? continuation(request, context) : throw Refusal();

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
            throw Refusal();

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
            throw Refusal();

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
            throw Refusal();

        private static RpcException Refusal() => new(new Status(StatusCode.PermissionDenied, "Only the worker of this process may ask."));
    }
}
