using System.Diagnostics;
using System.Reflection;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Conventions;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Infra;

/// <summary>The Bicep compiler, which the restore brought. It needs no network and no subscription.</summary>
internal static class Bicep
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    // The parameter files read the environment; only what a process needs is passed on, so that a developer's settings change nothing.
    private static readonly string[] PassedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "SystemRoot"];

    /// <summary>What the compiler wrote, and whether it was content.</summary>
    internal sealed record Answer(int ExitCode, string Output, string Remarks);

    public static Answer Run(params string[] arguments)
    {
        var path = Path();
        Assert.SkipUnless(
            path is not null, "There is no package of the Bicep compiler for this kind of machine (Linux x64, macOS, Windows x64).");
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = Conventions.SourceTree.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in PassedOn)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var remarks = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new Answer(process.ExitCode, output.GetAwaiter().GetResult(), remarks.GetAwaiter().GetResult());
    }

    /// <summary>As <see cref="Run"/>, and neither error nor warning.</summary>
    public static string RunClean(params string[] arguments)
    {
        var answer = Run(arguments);
        Assert.True(
            answer.ExitCode == 0 && answer.Remarks.Trim().Length == 0,
            $"bicep {string.Join(' ', arguments)}: {answer.ExitCode}\n{answer.Remarks}{answer.Output}");
        return answer.Output;
    }

    private static string? Path()
    {
        var written = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "BicepPath").Value;
        if (string.IsNullOrEmpty(written))
            return null;
        return System.IO.Path.GetFullPath(written.Replace('\\', System.IO.Path.DirectorySeparatorChar));
    }
}
