using LocalMachine.Azurite;
using Spectrum.PrivacyFlows.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Spectrum.PrivacyFlows.Tests;

/// <summary>One Azurite, in memory, for the whole test run; every test uses names of its own in it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? server;

    public string ConnectionString => server!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        server = await AzuriteServer.StartAsync(
            Path.Combine(Path.GetTempPath(), "privacyflows-tests-" + Guid.NewGuid().ToString("N")),
            Console.Error.WriteLine,
            inMemory: true);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
