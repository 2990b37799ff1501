using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LocalSystems;

/// <summary>The customer records: a SQLite file.</summary>
internal sealed class CrmDatabase(SystemsOptions options, IReadOnlyList<SamplePerson> people, ExpectedRecords expected) : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = OFF;
        CREATE TABLE contacts (customer_id TEXT PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL, second_email TEXT, phone TEXT, job_title TEXT, firm TEXT NOT NULL, login TEXT, created_at TEXT NOT NULL, churn_estimate REAL) WITHOUT ROWID;
        CREATE TABLE marketing_preferences (preference_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, channel TEXT NOT NULL, topic TEXT NOT NULL, opted_in INTEGER NOT NULL, changed_at TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE service_tickets (ticket_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, device TEXT NOT NULL, subject TEXT NOT NULL, description TEXT NOT NULL, rating INTEGER, priority TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE invoices (invoice_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, issued_on TEXT NOT NULL, purchase_order TEXT, amount TEXT NOT NULL, currency TEXT NOT NULL, paid INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE credit_checks (check_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, checked_at TEXT NOT NULL, score INTEGER NOT NULL, outcome TEXT NOT NULL, credit_limit TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX contacts_email ON contacts (trim(email, char(32, 9, 10, 13)) COLLATE NOCASE);
        CREATE INDEX contacts_second_email ON contacts (trim(second_email, char(32, 9, 10, 13)) COLLATE NOCASE);
        CREATE INDEX marketing_preferences_customer ON marketing_preferences (trim(customer_id, char(32, 9, 10, 13)));
        CREATE INDEX service_tickets_customer ON service_tickets (trim(customer_id, char(32, 9, 10, 13)));
        CREATE INDEX invoices_customer ON invoices (trim(customer_id, char(32, 9, 10, 13)));
        CREATE INDEX credit_checks_customer ON credit_checks (trim(customer_id, char(32, 9, 10, 13)));
        """;

    private readonly SeededRandom random = new(options.Seed, stream: 2);
    private readonly Dictionary<string, SqliteCommand> inserts = [];
    private readonly Dictionary<string, int> numbers = [];
    private readonly Dictionary<string, ExpectedRecords.Table> tables = [];
    private SqliteConnection connection = null!;

    /// <summary>Makes the file anew.</summary>
    public void Write(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using (var schema = connection.CreateCommand())
        {
            schema.CommandText = Schema;
            schema.ExecuteNonQuery();
        }
        ExpectTables();
        using var transaction = connection.BeginTransaction();
        foreach (var person in people)
            WritePerson(person);
        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var insert in inserts.Values)
            insert.Dispose();
        connection?.Dispose();
    }

    private void ExpectTables()
    {
        void Expect(string table, bool isPortable, string prefix) =>
            tables[table] = expected.Add("crm", table, isPortable, (json, number) => json.WriteStringValue(Id(prefix, number)));
        tables["contacts"] = expected.Add(
            "crm", "contacts", isPortable: true, (json, index) => json.WriteStringValue(people[index].CustomerId));
        Expect("marketing_preferences", isPortable: true, "M");
        Expect("service_tickets", isPortable: true, "T");
        Expect("invoices", isPortable: true, "I");
        Expect("credit_checks", isPortable: false, "K");
    }

    private void WritePerson(SamplePerson person)
    {
        string[] titles = ["Office manager", "Bookkeeper", "Head of IT", "Practice manager", "Buyer"];
        var phone = string.Create(CultureInfo.InvariantCulture, $"01632 {960_000 + random.Next(1000)}");
        Insert(
            "contacts", person.CustomerId, person.Name, person.Email, person.SecondEmail, phone, random.Pick(titles), person.Firm,
            person.Login, Moment(400), random.Next(100) / 100.0);
        tables["contacts"].Belongs(person.Index, person);
        for (var i = random.Next(1, 4); i > 0; i--)
            Insert(
                "marketing_preferences",
                NextId("marketing_preferences", "M", person),
                person.CustomerId,
                random.Pick(["email", "telephone", "post"]),
                random.Pick(["Product news", "Events", "Offers"]),
                random.Next(2),
                Moment(300));
        for (var i = random.Next(5); i > 0; i--)
            WriteTicket(person);
        for (var i = random.Next(7); i > 0; i--)
            WriteInvoice(person);
        for (var i = random.Next(3); i > 0; i--)
            WriteCreditCheck(person);
    }

    private void WriteTicket(SamplePerson person)
    {
        var subject = random.Pick(
            ["Paper jam", "Toner is low", "Cannot scan to email", "=cmd|' /C calc'!A0", "Déjà vu: the same streak again"]);
        // Names of others stand in free text, and must not make the ticket theirs.
        var description = $"{random.Pick(["It happens every morning,", "Since the update,", "On the second floor,"])}\n"
            + $"says {random.Pick(people).Email}, \"please <b>help</b>\"; see {random.Pick(people).Name}.";
        Insert("service_tickets", NextId("service_tickets", "T", person), person.CustomerId, Moment(200),
            random.Chance(70) ? Moment(20) : null,
            random.Pick(["Lexow 310", "Mattis C45", "Print server"]), subject, description, random.Chance(50) ? random.Next(1, 6) : null,
            random.Pick(["low", "normal", "urgent"]));
    }

    private void WriteInvoice(SamplePerson person)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{random.Next(20, 4000)}.{random.Next(100):D2}");
        var order = random.Chance(60) ? string.Create(CultureInfo.InvariantCulture, $"PO-{random.Next(10_000, 99_999)}") : null;
        Insert("invoices", NextId("invoices", "I", person), person.CustomerId, Moment(350)[..10], order, amount, "GBP", random.Next(2));
    }

    private void WriteCreditCheck(SamplePerson person)
    {
        var score = random.Next(101);
        Insert("credit_checks", NextId("credit_checks", "K", person), person.CustomerId, Moment(350), score,
            score < 40 ? "not approved" : "approved",
            string.Create(CultureInfo.InvariantCulture, $"{(score < 40 ? 0 : score * 50)}.00"));
    }

    private string NextId(string table, string prefix, SamplePerson person)
    {
        var number = numbers[table] = numbers.GetValueOrDefault(table) + 1;
        tables[table].Belongs(number, person);
        return Id(prefix, number);
    }

    private static string Id(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D6}");

    private string Moment(int daysBack) =>
        options.Until
            .AddDays(-random.Next(1, daysBack))
            .ToDateTime(new TimeOnly(random.Next(7, 19), random.Next(60), random.Next(60)))
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Insert(string table, params object?[] values)
    {
        if (!inserts.TryGetValue(table, out var command))
        {
            inserts[table] = command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", values.Select((_, i) => $"$v{i}"))})";
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue($"$v{i}", DBNull.Value);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
