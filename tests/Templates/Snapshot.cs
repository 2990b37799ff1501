using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Templates;

/// <summary>Compares what is rendered with a committed file, so that a change of words or layout is seen in review.</summary>
internal static class Snapshot
{
    /// <summary>Fails where the file differs or is missing. With <c>UPDATE_SNAPSHOTS=1</c> it writes the file instead.</summary>
    /// <param name="path">Below <c>tests/</c>, as in <c>Letters/Person/Refusal.snapshot.html</c>.</param>
    /// <param name="actual">What was rendered.</param>
    public static void Matches(string path, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", path);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        Assert.True(File.Exists(file), $"There is no {path}. Run once with UPDATE_SNAPSHOTS=1 and look at what it wrote.");
        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }
}
