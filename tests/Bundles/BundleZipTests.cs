using System.IO.Compression;
using Spectrum.PrivacyFlows.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>Zip64 where it is needed. Read back by python's zipfile, unzip and Java's ZipInputStream too when it was written.</summary>
public sealed class BundleZipTests
{
    private const long FourGigabytes = 4L * 1024 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_files_than_a_plain_zip_can_count_are_all_there()
    {
        const int Files = 65_536 + 10;
        using var stream = new MemoryStream();
        await using (var zip = new BundleZip(stream))
        {
            for (var i = 0; i < Files; i++)
                await zip.AddAsync($"{i}.txt", "x", Cancellation);
        }

        await using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        Assert.Equal(Files, archive.Entries.Count);
        Assert.Equal($"{Files - 1}.txt", archive.Entries[^1].FullName);
    }

    [Fact]
    public async Task A_file_over_four_gigabytes_keeps_its_length_and_its_neighbours()
    {
        using var stream = new MemoryStream();
        await using (var zip = new BundleZip(stream))
        {
            var large = await zip.AddAsync("large.json", WriteFourGigabytesAndOneAsync, Cancellation);
            Assert.Equal(FourGigabytes + 1, large.Bytes);
            await zip.AddAsync("small.txt", "after it", Cancellation);
        }

        await using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        Assert.Equal(FourGigabytes + 1, archive.GetEntry("large.json")!.Length);
        using var small = new StreamReader(await archive.GetEntry("small.txt")!.OpenAsync(Cancellation));
        Assert.Equal("after it", await small.ReadToEndAsync(Cancellation));
    }

    private static async Task WriteFourGigabytesAndOneAsync(Stream stream)
    {
        var zeros = new byte[16 * 1024 * 1024];
        for (var written = 0L; written < FourGigabytes; written += zeros.Length)
            await stream.WriteAsync(zeros, Cancellation);
        await stream.WriteAsync(zeros.AsMemory(0, 1), Cancellation);
    }
}
