using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LocalMachine;

namespace LocalMachine.Azurite;

/// <summary>The Node process that Azurite runs in.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    public const string LogName = "azurite.log";

    // Azurite writes its tables to disk every five seconds and when it is asked to end. So it is asked, by the end of its
    // standard input, which comes also when this process was killed; and Ctrl+C, which a terminal sends to both, is left
    // to this process alone. What it then says, it says to nobody, and must not fail for that. Its arguments are not on its command line:
    // "pkill -f <name of the app>" must miss it.
    private const string Wrapper = """
        const stop = () => { process.emit('SIGTERM') || process.exit(0); setTimeout(() => process.exit(1), 20000).unref(); };
        const once = process.once;
        process.once = (name, listener) => name === 'SIGINT' ? process : once.call(process, name, listener);
        process.on('SIGINT', () => {});
        process.stdout.on('error', () => {});
        process.stderr.on('error', () => {});
        process.stdin.on('end', stop).on('error', stop).resume();
        process.argv = [process.argv[0], 'azurite', ...JSON.parse(process.env.AZURITE_ARGUMENTS).slice(1)];
        require(JSON.parse(process.env.AZURITE_ARGUMENTS)[0]);
        """;

    private const string PidName = "azurite.pid";
    private const string SetSid = "/usr/bin/setsid";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestSave = TimeSpan.FromSeconds(25);

    private readonly Process process;
    private readonly TextWriter log;
    private readonly string pidFile;
    private readonly bool keepsData;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteProcess(Process process, string dataFolder, bool keepsData)
    {
        this.process = process;
        this.keepsData = keepsData;
        pidFile = Path.Combine(dataFolder, PidName);
        log = TextWriter.Synchronized(new StreamWriter(Path.Combine(dataFolder, LogName), append: false) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <param name="arguments">Azurite's script, and what to tell it.</param>
    /// <param name="keepsData">It has something to save before it ends.</param>
    public static AzuriteProcess Start(string dataFolder, string[] arguments, bool keepsData)
    {
        // A session of its own, where the system can: what kills this process's group leaves Azurite the time to save.
        string[] command = File.Exists(SetSid) ? [SetSid, "node", "--eval", Wrapper] : ["node", "--eval", Wrapper];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = dataFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ARGUMENTS"] = JsonSerializer.Serialize(arguments) },
        };
        var process = Process.Start(start) ?? throw new LocalSetupException("Node did not start.");
        File.WriteAllText(
            Path.Combine(dataFolder, PidName), string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime.Ticks}"));
        return new AzuriteProcess(process, dataFolder, keepsData);
    }

    /// <summary>The Azurite of a host that was killed may still be saving into the same folder.</summary>
    public static async Task WaitForPredecessorAsync(string dataFolder, CancellationToken cancellation)
    {
        var file = Path.Combine(dataFolder, PidName);
        var kept = File.Exists(file) ? (await File.ReadAllTextAsync(file, cancellation)).Split(' ') : [];
        if (kept.Length != 2
                || !int.TryParse(kept[0], CultureInfo.InvariantCulture, out var id)
                || !long.TryParse(kept[1], CultureInfo.InvariantCulture, out var startTicks))
            return;
        try
        {
            using var process = Process.GetProcessById(id);
            // The number may long be somebody else's; the system tells start times to about a hundredth of a second.
            if (Math.Abs(process.StartTime.Ticks - startTicks) < TimeSpan.TicksPerSecond)
                await process.WaitForExitAsync(cancellation).WaitAsync(LongestSave, cancellation);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
        catch (TimeoutException)
        {
            throw new LocalSetupException(
                $"An earlier Azurite, process {id}, still uses {dataFolder} and does not end. "
                + "End it, or choose another folder with --data.");
        }
    }

    /// <returns>False when it ended instead, most likely because a port was taken.</returns>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        var first = await Task.WhenAny(listening.Task, process.WaitForExitAsync(cancellation), Task.Delay(LongestStart, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return first == listening.Task;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        if (!keepsData || !await EndsAsync())
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        await log.DisposeAsync();
        File.Delete(pidFile);
    }

    private async Task<bool> EndsAsync()
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(LongestSave);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        log.WriteLine(line);
        // The last of its three services to start.
        if (line.StartsWith("Azurite Table service is successfully listening", StringComparison.Ordinal))
            listening.TrySetResult();
    }
}
