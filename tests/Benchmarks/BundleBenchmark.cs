using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using LocalMachine.Azurite;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

namespace Benchmarks;

/// <summary>Time, size and memory of a bundle of print jobs, from staging on Azurite to the stored ZIP, for both rights.</summary>
public static class BundleBenchmark
{
    private static readonly string[] Fields = ["id", "at", "printer", "document", "pages", "colour", "login"];

    private static readonly SystemOfRecord Print = new()
    {
        Key = "print",
        Name = "Print service",
        Description = "Print jobs.",
        Owner = new SystemOwner("Print", "print@owner.example"),
        Connector = new ConnectorSettings("BlobLog", "None", new Dictionary<string, string>()),
        Tables = [Table()],
    };

    /// <param name="args">Numbers of records, 20,000 and 200,000 where none are given.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int[] sizes = args.Length > 0 ? [.. args.Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : [20_000, 200_000];
        var folder = Directory.CreateTempSubdirectory("bundle-benchmark-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(folder.FullName, Console.Error.WriteLine);
            var storage = new BundleAccount(new BlobServiceClient(azurite.ConnectionString));
            await MeasureAsync(storage, 1_000, _ => { });
            foreach (var size in sizes)
                await MeasureAsync(storage, size, Console.WriteLine);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static async Task MeasureAsync(BundleAccount storage, int records, Action<string> print)
    {
        var staging = new Staging(storage, new CaseSeals(new byte[32]));
        var caseId = new CaseId(2026, records);
        var bytes = await StageAsync(staging, caseId, records);
        var builder = new BundleBuilder(
            staging, storage, [new AccessContents(new ContactDetails()), new PortabilityContents()], new ContactDetails());
        var watch = Stopwatch.StartNew();
        var built = await builder.BuildAsync(
            new BundleRequest(caseId, [Right.Access, Right.Portability], new EmailAddress("ada@reader.example"), new DateOnly(2026, 9, 3)),
            [Print]);
        watch.Stop();
        print($"{records,9:N0} records, {bytes / 1e6,6:N1} MB staged -> {built.Bytes / 1e6,6:N1} MB of ZIP in " +
            $"{watch.Elapsed.TotalSeconds,5:N2} s; peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB");
    }

    private static async Task<long> StageAsync(Staging staging, CaseId caseId, int records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(1);
        var bytes = 0L;
        await using (var stream = await staging.CreateAsync(caseId, Print.Key, "jobs"))
        {
            for (var id = 0; id < records; id++)
            {
                var line = Encoding.UTF8.GetBytes(Line(id, random));
                hash.AppendData(line);
                bytes += line.Length;
                await stream.WriteAsync(line);
            }
        }
        var table = new CollectedTable("jobs", records, records, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        await staging.CompleteAsync(caseId, new CollectedSystem(Print.Key, [table]));
        return bytes;
    }

    private static string Line(int id, Random random) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"id":"{{random.NextInt64():x16}}","at":"2026-{{random.Next(1, 13):D2}}-{{random.Next(1, 29):D2}}T{{random.Next(24):D2}}:{{random.Next(60):D2}}:{{random.Next(60):D2}}Z","printer":"HULL-{{random.Next(40)}}","document":"Report {{random.Next(100_000)}} of case {{id}}.pdf","pages":{{random.Next(1, 90)}},"colour":{{(id % 3 == 0 ? "true" : "false")}},"login":"areader"}""")
        + "\n";

    private static SystemTable Table() => new()
    {
        Name = "jobs",
        Title = "Print jobs",
        Description = "What was printed.",
        Categories = ["Usage"],
        Purposes = ["Printing"],
        LegalBasis = LegalBasis.Contract,
        Recipients = [],
        Sources = ["Printers"],
        Retention = "A year",
        Key = ["id"],
        Find = [new FindBy("login", "login")],
        Fields = [.. Fields.Select(
        name => new TableField { Name = name, Title = name, Description = name, Type = FieldType.String, Origin = DataOrigin.Observed })],
    };
}
