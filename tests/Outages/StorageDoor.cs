using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>How a storage is away.</summary>
public enum Outage
{
    /// <summary>Nobody listens, and what was open is cut off.</summary>
    Refused,

    /// <summary>It takes connections and what is said, and says nothing: a machine that hangs, or a network that swallows.</summary>
    Silent,
}

/// <summary>
/// The way to an Azurite, which a test can close: everything behind it, the app, the engine and the lease, loses its storage at once,
/// and finds it again as it was.
/// </summary>
public sealed partial class StorageDoor : IAsyncDisposable
{
    private readonly List<Gate> gates = [];

    public StorageDoor(string connectionString) =>
        ConnectionString = Ports().Replace(connectionString, match =>
        {
            gates.Add(new Gate(int.Parse(match.Value[1..^1], CultureInfo.InvariantCulture)));
            return string.Create(CultureInfo.InvariantCulture, $":{gates[^1].Port}/");
        });

    /// <summary>The storage as it is reached through the door.</summary>
    public string ConnectionString { get; }

    public void Close(Outage outage) => gates.ForEach(gate => gate.Close(outage));

    public void Open() => gates.ForEach(gate => gate.Open());

    /// <summary>Closes, waits, and opens again. The outage is real time: timeouts and leases know no other.</summary>
    public async Task CloseForAsync(TimeSpan time, Outage outage, CancellationToken cancellation)
    {
        Close(outage);
        await Task.Delay(time, cancellation);
        Open();
    }

    public ValueTask DisposeAsync()
    {
        gates.ForEach(gate => gate.Close(Outage.Refused));
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(":[0-9]+/")]
    private static partial Regex Ports();

    /// <summary>One port of the storage.</summary>
    private sealed class Gate
    {
        private readonly ConcurrentDictionary<Socket, byte> open = new();
        private readonly int behind;
        private volatile TcpListener listener;
        private volatile bool isSilent;
        private int closedPort;

        public Gate(int behind)
        {
            this.behind = behind;
            listener = Listen(0);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Close(Outage outage)
        {
            isSilent = outage == Outage.Silent;
            if (isSilent)
                return;
            closedPort = Port;
            listener.Dispose();
            CutOff();
        }

        public void Open()
        {
            if (isSilent)
            {
                isSilent = false;
                // What was swallowed never comes: whoever waits for it learns that the connection is gone.
                CutOff();
                return;
            }
            listener = Listen(closedPort);
        }

        private TcpListener Listen(int port)
        {
            var fresh = new TcpListener(IPAddress.Loopback, port);
            fresh.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            fresh.Start();
            _ = AcceptAsync(fresh);
            return fresh;
        }

        private void CutOff()
        {
            foreach (var socket in open.Keys)
                socket.Close(0);
        }

        private async Task AcceptAsync(TcpListener own)
        {
            try
            {
                while (true)
                    _ = ServeAsync(await own.AcceptSocketAsync());
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                // The door was closed.
            }
        }

        private async Task ServeAsync(Socket near)
        {
            using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
            open[near] = open[far] = 0;
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, behind);
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
            }
            catch (SocketException)
            {
                // Cut off.
            }
            finally
            {
                open.TryRemove(near, out _);
                open.TryRemove(far, out _);
                near.Dispose();
            }
        }

        private async Task PumpAsync(Socket from, Socket to)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is > 0 and var count)
                {
                    if (!isSilent)
                        await to.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
            {
                // Cut off.
            }
        }
    }
}
