using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LocalSystems.Logs;

/// <summary>The print management's jobs: JSON lines in Blob storage, a gzipped blob a day.</summary>
internal sealed class PrintJobLogs(SystemsOptions options, IReadOnlyList<SamplePerson> people, ExpectedRecords expected)
{
    /// <summary>Jobs sent from the shared mailbox, a day: they are nobody's.</summary>
    private const int SharedADay = 2;
    private const int Shared = -1;

    private static readonly JavaScriptEncoder[] Encoders =
    [
        JavaScriptEncoder.Default, JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping, JavaScriptEncoder.Default,
        EverythingEscaped(),
    ];

    private readonly SeededRandom random = new(options.Seed, stream: 3);
    private readonly ExpectedRecords.Table records = expected.Add(
        "print-jobs", "jobs", isPortable: true, (json, number) => json.WriteStringValue(Id(number)));
    private readonly ArrayBufferWriter<byte> lines = new(128 * 1024);
    private int number;

    /// <returns>Blobs written.</returns>
    public async Task<int> WriteAsync(SampleContainer container, CancellationToken cancellation)
    {
        // Some devices write letters as they are, some escape them, an old one escapes even the @.
        var writers = Encoders.Select(encoder => new Utf8JsonWriter(lines, new JsonWriterOptions { Encoder = encoder })).ToArray();
        var jobs = people.Select(person => person.Index == 0 ? options.JobsForFirst : random.Next(5, 90)).ToArray();
        for (var day = 0; day < SystemsOptions.Days; day++)
        {
            await using var blob = await container.CreateAsync($"jobs/{options.Day(day):yyyy/yyyy-MM-dd}.jsonl.gz", cancellation);
            var owners = OwnersOf(day, jobs);
            for (var i = 0; i < owners.Length; i++)
            {
                WriteJob(
                    writers[random.Next(writers.Length)],
                    owners[i],
                    options.Day(day).ToDateTime(TimeOnly.MinValue).AddMilliseconds(86_400_000.0 / owners.Length * i));
                if (lines.WrittenCount > 64 * 1024)
                    await FlushAsync(blob, cancellation);
            }
            await FlushAsync(blob, cancellation);
        }
        foreach (var writer in writers)
            await writer.DisposeAsync();
        return SystemsOptions.Days;
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"J{number:D9}");

    private static JavaScriptEncoder EverythingEscaped()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacters('@', '.');
        return JavaScriptEncoder.Create(settings);
    }

    /// <summary>Whose job is whose that day: each person's share of their jobs, shuffled.</summary>
    private int[] OwnersOf(int day, int[] jobs)
    {
        var owners = Enumerable.Repeat(Shared, SharedADay).ToList();
        foreach (var person in people)
        {
            var share = jobs[person.Index] / SystemsOptions.Days + (day < jobs[person.Index] % SystemsOptions.Days ? 1 : 0);
            owners.AddRange(Enumerable.Repeat(person.Index, share));
        }
        var shuffled = owners.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private void WriteJob(Utf8JsonWriter json, int owner, DateTime submitted)
    {
        number++;
        var person = owner == Shared ? null : people[owner];
        if (person is not null)
            records.Belongs(number, person);
        var byLogin = person?.Login is not null && random.Chance(80);
        json.WriteStartObject();
        json.WriteString("job_id", Id(number));
        json.WriteString("submitted_at", submitted.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("login", byLogin ? person!.Login : null);
        json.WriteString("email", byLogin ? null : AddressOf(person));
        json.WriteString("printer", random.Pick(["Lexow 310, reception", "Mattis C45, 2nd floor", "Mattis C45, dispatch"]));
        // The name of a document speaks of others, whose job it is not.
        json.WriteString(
            "document",
            random.Chance(70)
                ? random.Pick(["Offer.pdf", "Delivery notes.docx", "Übersicht \"Q3\".xlsx", "=SUM(A1:A9).csv"])
                : $"Letter to {random.Pick(people).Email}");
        json.WriteNumber("pages", random.Next(1, 40));
        json.WriteNumber("copies", random.Next(1, 4));
        json.WriteBoolean("colour", random.Chance(30));
        json.WriteBoolean("duplex", random.Chance(60));
        json.WriteString("status", random.Chance(95) ? "printed" : random.Pick(["cancelled", "failed"]));
        json.WriteNumber("cost", random.Next(1, 500) / 100m);
        json.WriteNumber("firmware", 7);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        lines.Write("\n"u8);
    }

    /// <summary>Devices write an address as it was typed: in any case.</summary>
    private string AddressOf(SamplePerson? person)
    {
        var address = person is null ? SamplePeople.SharedMailbox : random.Pick(person.Addresses);
        return random.Chance(20) ? address.ToUpperInvariant() : address;
    }

    private async Task FlushAsync(Stream blob, CancellationToken cancellation)
    {
        await blob.WriteAsync(lines.WrittenMemory, cancellation);
        lines.ResetWrittenCount();
    }
}
