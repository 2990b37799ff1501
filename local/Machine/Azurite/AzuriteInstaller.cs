using System.ComponentModel;
using System.Diagnostics;
using LocalMachine;

namespace LocalMachine.Azurite;

/// <summary>Installs the pinned Azurite once a user, from <c>package.json</c> and its lock file beside this class.</summary>
internal static class AzuriteInstaller
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <returns>The path of Azurite's start script.</returns>
    public static async Task<string> EnsureInstalledAsync(Action<string> announce, CancellationToken cancellation)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Azurite");
        var folder = Path.Combine(Root(), Fingerprint(source));
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        var done = Path.Combine(folder, "installed");
        await OneAtATime.WaitAsync(cancellation);
        try
        {
            if (File.Exists(done))
                return script;
            Directory.CreateDirectory(folder);
            // Two processes may come here at once (tests beside the app): the second waits for the first.
            await using var turn = await TakeTurnAsync(Path.Combine(folder, "lock"), cancellation);
            if (File.Exists(done))
                return script;
            await RequireNodeAsync(cancellation);
            announce("Installing Azurite, once; this takes about half a minute ...");
            foreach (var file in new[] { "package.json", "package-lock.json" })
                File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
            await RunAsync(
                "npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder, cancellation);
            await File.WriteAllTextAsync(done, "", cancellation);
            return script;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static string Root()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(local is "" ? Path.GetTempPath() : local, "Spectrum.PrivacyFlows", "azurite");
    }

    private static string Fingerprint(string source)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(source, "package-lock.json")));
        return Convert.ToHexStringLower(hash)[..12];
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(250, cancellation);
            }
        }
    }

    private static async Task RequireNodeAsync(CancellationToken cancellation)
    {
        try
        {
            await RunAsync("node", ["--version"], Path.GetTempPath(), cancellation);
        }
        catch (Win32Exception)
        {
            throw new LocalSetupException(
                "Node.js was not found. " +
                "The local run keeps its data in Azurite, which needs Node.js 20 or later on the PATH (https://nodejs.org). " +
                "Or set AzureWebJobsStorage to the connection string of a storage that runs already.");
        }
    }

    private static async Task RunAsync(string program, string[] arguments, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsWindows() && program == "npm")
            start.FileName = "npm.cmd";
        using var process = Process.Start(start) ?? throw new LocalSetupException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new LocalSetupException(
                $"{program} {arguments[0]} failed with exit code {process.ExitCode}:{Environment.NewLine}{await output}{await errors}");
    }
}
