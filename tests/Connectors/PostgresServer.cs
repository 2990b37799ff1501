using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Npgsql;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

/// <summary>A PostgreSQL of its own for the tests of a class, where the server's programs are found.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "pg-" + Guid.NewGuid().ToString("N")[..12]);
    private Process? server;

    /// <summary>Null where it runs, else what is missing.</summary>
    public string? Missing { get; private set; }

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var programs = Programs();
        var asRoot = Environment.IsPrivilegedProcess && RuntimeInformation.IsOSPlatform(OSPlatform.Linux);
        Missing = programs is null ? "PostgreSQL's server programs were not found (Debian: apt-get install postgresql)."
            : asRoot && !File.Exists("/usr/sbin/runuser") ? "PostgreSQL refuses to run as root, and runuser (util-linux) was not found."
            : null;
        if (Missing is not null)
            return;
        Directory.CreateDirectory(folder);
        if (asRoot)
            await FinishAsync(Process.Start("chown", ["postgres", folder]));
        var port = FreePort();
        await FinishAsync(Start(
            programs!, "initdb", asRoot, "-D", Path.Combine(folder, "data"), "-U", "tests", "-A", "trust", "--no-sync", "--locale=C.UTF-8",
            "-E", "UTF8"));
        server = Start(
            programs!, "postgres", asRoot, "-D", Path.Combine(folder, "data"), "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c",
            "unix_socket_directories=", "-c", "fsync=off", "-c", "shared_buffers=16MB");
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=tests;Database=postgres;Pooling=false";
        await UntilItAnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static string? Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "postgres")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "postgres")));

    private static Process Start(string programs, string program, bool asRoot, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        var start = asRoot
            ? new ProcessStartInfo("/usr/sbin/runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task FinishAsync(Process process)
    {
        using (process)
        {
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
    }

    private async Task UntilItAnswersAsync()
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < TimeSpan.FromSeconds(60) && !server!.HasExited)
            {
                // Not up yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
