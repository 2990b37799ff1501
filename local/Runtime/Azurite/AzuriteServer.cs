using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LocalFunctions.Hosting;

namespace LocalFunctions.Azurite;

/// <summary>Azurite, Microsoft's storage emulator, as a child process on loopback. It ends when this process does.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string AccountName = "devstoreaccount1";

    // Azurite's published key, the same for everybody; it opens nothing but an emulator.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process process;

    private AzuriteServer(Process process, int blobPort, int tablePort)
    {
        this.process = process;
        ConnectionString = string.Create(CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};" +
            $"BlobEndpoint=http://127.0.0.1:{blobPort}/{AccountName};TableEndpoint=http://127.0.0.1:{tablePort}/{AccountName};");
    }

    public string ConnectionString { get; }

    /// <summary>Starts Azurite with its data below <paramref name="dataFolder"/>, on the usual ports (10000 and 10002) where they are free, else on any.</summary>
    /// <param name="inMemory">Keep nothing: for tests.</param>
    /// <exception cref="LocalSetupException">Node is missing, or Azurite did not start; the message says what to do.</exception>
    public static async Task<AzuriteServer> StartAsync(string dataFolder, Action<string> announce, bool inMemory = false, CancellationToken cancellation = default)
    {
        var script = await AzuriteInstaller.EnsureInstalledAsync(announce, cancellation);
        Directory.CreateDirectory(dataFolder);
        for (var attempt = 1; ; attempt++)
        {
            var ports = FreePorts(preferUsual: attempt == 1 && !inMemory);
            var server = new AzuriteServer(Launch(script, dataFolder, ports, inMemory), ports.Blob, ports.Table);
            if (await server.IsReadyAsync(ports, cancellation))
                return server;
            await server.DisposeAsync();
            if (attempt == 3)
                throw new LocalSetupException($"Azurite did not start. Its last words are in {Path.Combine(dataFolder, "azurite.log")}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private static Process Launch(string script, string dataFolder, (int Blob, int Queue, int Table) ports, bool inMemory)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // The wrapper ends Azurite when our end of its standard input closes: also when we were killed and could not say goodbye.
        start.ArgumentList.Add("--eval");
        start.ArgumentList.Add("process.stdin.on('end',()=>process.exit(0)).on('error',()=>process.exit(0)).resume();process.argv.splice(1,0,'azurite');require(process.argv[2]);");
        foreach (var argument in Arguments(script, dataFolder, ports, inMemory))
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new LocalSetupException("Node did not start.");
        // One log file a start: the pipe must be drained, and nobody wants it on the terminal.
        var log = TextWriter.Synchronized(new StreamWriter(Path.Combine(dataFolder, "azurite.log"), append: false) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => { if (line.Data is not null && !line.Data.Contains("HTTP/1.1", StringComparison.Ordinal)) log.WriteLine(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) log.WriteLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static IEnumerable<string> Arguments(string script, string dataFolder, (int Blob, int Queue, int Table) ports, bool inMemory)
    {
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        string[] common =
        [
            script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", Text(ports.Blob), "--queuePort", Text(ports.Queue), "--tablePort", Text(ports.Table),
        ];
        return inMemory ? [.. common, "--inMemoryPersistence", "--extentMemoryLimit", "2048"] : [.. common, "--location", dataFolder];
    }

    private static (int Blob, int Queue, int Table) FreePorts(bool preferUsual)
    {
        if (preferUsual && IsFree(10000) && IsFree(10001) && IsFree(10002))
            return (10000, 10001, 10002);
        return (AnyPort(), AnyPort(), AnyPort());
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int AnyPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync((int Blob, int Queue, int Table) ports, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited)
        {
            if (await AnswersAsync(ports.Blob, cancellation) && await AnswersAsync(ports.Table, cancellation))
                return true;
            await Task.Delay(100, cancellation);
        }
        return false;
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
