using System.Globalization;
using LocalMachine;
using LocalMailbox;
using Microsoft.Extensions.Configuration;

namespace LocalMailbox;

/// <summary>The mailbox beside the app: <c>--mailbox-port</c>, 7072 if not said, 0 for any free one.</summary>
public sealed class MailboxService : ILocalService
{
    public const int DefaultPort = 7072;

    private const string GraphSetting = "Mailbox:GraphBaseUrl";

    private MailboxServer? server;

    public async Task StartAsync(Surroundings machine, CancellationToken cancellation)
    {
        server = await MailboxServer.StartAsync(PortOf(machine.Configuration), machine.DataFolder, machine.Clock, cancellation);
        if (server.Port != DefaultPort || machine.Configuration[GraphSetting] is null)
            machine.Configuration[GraphSetting] = server.GraphBaseUrl;
        machine.Announce($"Mailboxes    {server.BaseAddress}");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private static int PortOf(IConfiguration configuration)
    {
        var given = configuration["mailbox-port"];
        if (given is null)
            return DefaultPort;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new LocalSetupException($"--mailbox-port takes a number from 0 to {ushort.MaxValue}, not '{given}'.");
    }
}
