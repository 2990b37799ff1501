using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LocalMachine;

namespace LocalMachine;

/// <summary>
/// A port of this machine that only this machine can reach, held from before anything else starts until Kestrel takes it over.
/// </summary>
public sealed class LoopbackPort : IDisposable
{
    private readonly List<Socket> sockets;

    private LoopbackPort(List<Socket> sockets) => this.sockets = sockets;

    public int Number => EndPoints[0].Port;

    /// <summary>127.0.0.1 and, where the machine has it, ::1: "localhost" may mean either.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];

    public Uri Address => new($"http://localhost:{Number}/");

    /// <param name="text">A port's number, 0 for any that is free.</param>
    /// <exception cref="LocalSetupException">It is not a port's number, or the port is taken.</exception>
    public static LoopbackPort Reserve(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Reserve(number)
            : throw new LocalSetupException($"'{text}' is not a port. Say --port and a number from 0 to 65535.");

    /// <param name="number">0 for any that is free.</param>
    /// <exception cref="LocalSetupException">The port is taken.</exception>
    public static LoopbackPort Reserve(int number)
    {
        var first = Bind(IPAddress.Loopback, number) ?? throw InUse(number);
        var port = ((IPEndPoint)first.LocalEndPoint!).Port;
        if (!Socket.OSSupportsIPv6)
            return new LoopbackPort([first]);
        var second = Bind(IPAddress.IPv6Loopback, port, out var taken);
        if (second is not null)
            return new LoopbackPort([first, second]);
        if (!taken)
            return new LoopbackPort([first]);
        first.Dispose();
        return number == 0 ? Reserve(0) : throw InUse(number);
    }

    /// <summary>Hands over the socket that is bound to <paramref name="endPoint"/>.</summary>
    public Socket Take(EndPoint endPoint) => sockets.Single(socket => Equals(socket.LocalEndPoint, endPoint));

    public void Dispose()
    {
        foreach (var socket in sockets)
            socket.Dispose();
    }

    public static LocalSetupException InUse(int number) =>
        new($"Port {number} is in use, perhaps by another copy of this app. Choose another with --port, or --port 0 for any.");

    private static Socket? Bind(IPAddress address, int port) => Bind(address, port, out _);

    private static Socket? Bind(IPAddress address, int port, out bool taken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            taken = false;
            return socket;
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            taken = fault.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
            return null;
        }
    }
}
