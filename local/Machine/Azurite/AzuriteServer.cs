using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LocalMachine;

namespace LocalMachine.Azurite;

/// <summary>
/// Azurite, Microsoft's storage emulator, as a child process on loopback. It ends when this process does, however that
/// ends, and saves its data first.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string AccountName = "devstoreaccount1";

    // Azurite's published key, the same for everybody; it opens nothing but an emulator.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly AzuriteProcess process;

    private AzuriteServer(AzuriteProcess process, int[] ports)
    {
        this.process = process;
        ConnectionString = string.Create(CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};" +
            $"BlobEndpoint=http://127.0.0.1:{ports[0]}/{AccountName};QueueEndpoint=http://127.0.0.1:{ports[1]}/{AccountName};" +
            $"TableEndpoint=http://127.0.0.1:{ports[2]}/{AccountName};");
    }

    public string ConnectionString { get; }

    /// <summary>
    /// Starts Azurite with its data below <paramref name="dataFolder"/>, on the usual ports (10000 to 10002)
    /// where they are free, else on any.
    /// </summary>
    /// <param name="inMemory">Keep nothing: for tests.</param>
    /// <exception cref="LocalSetupException">Node is missing, or Azurite did not start; the message says what to do.</exception>
    public static async Task<AzuriteServer> StartAsync(
        string dataFolder, Action<string> announce, bool inMemory = false, CancellationToken cancellation = default)
    {
        var script = await AzuriteInstaller.EnsureInstalledAsync(announce, cancellation);
        Directory.CreateDirectory(dataFolder);
        await AzuriteProcess.WaitForPredecessorAsync(dataFolder, cancellation);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var ports = attempt == 1 && !inMemory && AreFree(10000, 10001, 10002) ? [10000, 10001, 10002] : FreePorts(3);
            var process = AzuriteProcess.Start(dataFolder, [script, .. Arguments(ports, inMemory)], keepsData: !inMemory);
            if (await process.IsReadyAsync(cancellation))
                return new AzuriteServer(process, ports);
            await process.DisposeAsync();
        }
        throw new LocalSetupException($"Azurite did not start. Its last words are in {Path.Combine(dataFolder, AzuriteProcess.LogName)}.");
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static IEnumerable<string> Arguments(int[] ports, bool inMemory)
    {
        string[] services = ["blob", "queue", "table"];
        foreach (var (service, port) in services.Zip(ports))
        {
            yield return $"--{service}Host=127.0.0.1";
            yield return string.Create(CultureInfo.InvariantCulture, $"--{service}Port={port}");
        }
        string[] rest = inMemory ? ["--inMemoryPersistence", "--extentMemoryLimit", "2048"] : ["--location", "."];
        foreach (var argument in rest.Concat(["--silent", "--skipApiVersionCheck", "--disableTelemetry"]))
            yield return argument;
    }

    private static bool AreFree(params int[] ports)
    {
        try
        {
            Close(Listen(ports));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // All are held open until each is known, or one could be given twice.
    private static int[] FreePorts(int count)
    {
        var listeners = Listen(new int[count]);
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        Close(listeners);
        return ports;
    }

    private static List<TcpListener> Listen(int[] ports)
    {
        var listeners = new List<TcpListener>();
        try
        {
            foreach (var port in ports)
            {
                listeners.Add(new TcpListener(IPAddress.Loopback, port));
                listeners[^1].Start();
            }
            return listeners;
        }
        catch (SocketException)
        {
            Close(listeners);
            throw;
        }
    }

    private static void Close(List<TcpListener> listeners) => listeners.ForEach(listener => listener.Dispose());
}
