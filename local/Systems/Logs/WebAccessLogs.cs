using System.Globalization;
using System.Text;

namespace LocalSystems.Logs;

/// <summary>The web server's logs: combined format in Blob storage, a blob a day, gzipped once a week old.</summary>
internal sealed class WebAccessLogs
{
    private const int PlainDays = 7;
    private const int LinesADayAtMost = 1 << 24;

    private readonly SystemsOptions options;
    private readonly IReadOnlyList<SamplePerson> people;
    private readonly SeededRandom random;
    private readonly ExpectedRecords.Table records;

    public WebAccessLogs(SystemsOptions options, IReadOnlyList<SamplePerson> people, ExpectedRecords expected)
    {
        (this.options, this.people, random) = (options, people, new SeededRandom(options.Seed, stream: 4));
        // A record is kept as day * lines + line; ten million lines in 30 days fit.
        records = expected.Add("web-access", "visits", isPortable: false, (json, record) =>
        {
            json.WriteStringValue(BlobName(record / LinesADayAtMost));
            json.WriteNumberValue(record % LinesADayAtMost);
        });
    }

    /// <returns>Blobs written.</returns>
    public async Task<int> WriteAsync(SampleContainer container, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        for (var day = 0; day < SystemsOptions.Days; day++)
        {
            await using var blob = await container.CreateAsync(BlobName(day), cancellation);
            var lines = options.Visits / SystemsOptions.Days + (day < options.Visits % SystemsOptions.Days ? 1 : 0);
            for (var line = 1; line <= lines; line++)
            {
                WriteLine(text, day, line, options.Day(day).ToDateTime(TimeOnly.MinValue).AddSeconds(86_400.0 / lines * (line - 1)));
                if (text.Length < 64 * 1024 && line < lines)
                    continue;
                await blob.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
                text.Clear();
            }
        }
        return SystemsOptions.Days;
    }

    private string BlobName(int day) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"access-{options.Day(day):yyyy-MM-dd}.log{(day < SystemsOptions.Days - PlainDays ? ".gz" : "")}");

    private void WriteLine(StringBuilder text, int day, int line, DateTime time)
    {
        var person = random.Pick(people);
        // Whoever is not logged in comes from the same IP addresses, and is nobody we could tell.
        var login = random.Chance(60) ? person.Login : null;
        if (login is not null)
            records.Belongs(day * LinesADayAtMost + line, person);
        var path = random.Chance(15)
            ? $"/search?q={random.Pick(people).Login ?? "toner"}"
            : random.Pick(["/", "/portal/devices", "/portal/meters?page=2", "/static/site.css", "/portal/tickets/new"]);
        var status = random.Pick([200, 200, 200, 304, 404, 500]);
        var agent = random.Pick([
            "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) \\\"Quoted\\\" Chrome/140.0",
        ]);
        text.Append(CultureInfo.InvariantCulture, $"{person.Ip} - {Escape(login)} [{time:dd/MMM/yyyy:HH:mm:ss} +0000] ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"\"{random.Pick(["GET", "GET", "POST"])} {path} HTTP/1.1\" {status} {(status == 304 ? "-" : random.Next(200, 90_000))} ");
        text.Append(CultureInfo.InvariantCulture, $"\"{(random.Chance(50) ? "-" : "https://portal.example/start")}\" \"{agent}\"\n");
    }

    /// <summary>As Apache writes it: a backslash doubled, what is not ASCII as bytes.</summary>
    private static string Escape(string? login) =>
        login is null ? "-" : string.Concat(Encoding.UTF8.GetBytes(login).Select(one => one switch
        {
            (byte)'\\' => @"\\",
            > 0x7E => string.Create(CultureInfo.InvariantCulture, $"\\x{one:x2}"),
            _ => ((char)one).ToString(),
        }));
}
