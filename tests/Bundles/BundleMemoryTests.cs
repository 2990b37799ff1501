using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>Alone, since it looks at the heap of the whole process.</summary>
[CollectionDefinition(nameof(BundleMemory), DisableParallelization = true)]
public sealed class BundleMemory;

[Collection(nameof(BundleMemory))]
public sealed class BundleMemoryTests(AzuriteFixture azurite)
{
    private const int Records = 200_000;
    private const long MostGrowth = 40 * 1024 * 1024;

    private readonly BundleCase bundle = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_thousand_records_take_no_more_memory_than_the_buffers()
    {
        var staged = await StageJobsAsync();
        Assert.True(staged.Bytes > MostGrowth, "The data must be larger than what the test allows, or it shows nothing.");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var build = bundle.BuildAsync([ExampleSystems.Print], Right.Access);
        var most = before;
        while (!build.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            await Task.WhenAny(build, Task.Delay(250, Cancellation));
        }

        var summary = await build;
        Assert.Equal([new BundledTable("jobs", Records, Records, 0)], summary.Systems[0].Tables);
        Assert.True(most - before < MostGrowth, $"The heap grew by {(most - before) / 1e6:0} MB.");
    }

    private async Task<CollectedTable> StageJobsAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        await using (var stream = await bundle.Staging.CreateAsync(bundle.Id, "print", "jobs", Cancellation))
        {
            for (var id = 0; id < Records; id++)
            {
                var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                    $$"""{"id":"{{id:D8}}-{{id * 7919L % 1000003:x}}","at":"2026-03-01T10:{{id % 60:D2}}:11Z","document":"Quarterly report {{id * 31 % 977}} for the board of a firm with a rather long name, draft {{id % 13}}, corrected after the meeting, with annexes and the tables of last year.pdf","pages":{{id % 40}}}""")
                    + "\n");
                hash.AppendData(line);
                bytes += line.Length;
                await stream.WriteAsync(line, Cancellation);
            }
        }
        var staged = new CollectedTable("jobs", Records, Records, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        await bundle.Staging.CompleteAsync(bundle.Id, new CollectedSystem("print", [staged]), Cancellation);
        return staged;
    }
}
