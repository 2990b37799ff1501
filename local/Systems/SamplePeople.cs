namespace LocalSystems;

/// <summary>
/// Invented people. The first ones are there to be mistaken for each other, or are hard to spell: same names and firms, addresses
/// that contain one another, a shared mailbox, one IP address, quotes, backslashes and letters beyond English.
/// </summary>
internal static class SamplePeople
{
    public const string SharedMailbox = "office@brightwater.example";

    private const string OneIp = "192.0.2.17";

    private static readonly SamplePerson[] Resembling =
    [
        new(0, "Ann Lee", "ann.lee@brightwater.example", SharedMailbox, true, "ann.lee", "Brightwater Joinery", OneIp),
        new(1, "Joann Lee", "joann.lee@brightwater.example", SharedMailbox, true, "joann.lee", "Brightwater Joinery", OneIp),
        new(2, "Ann Lee", "ann.lee@brightwater.example.net", null, false, "ann.lee2", "Brightwater Freight", OneIp),
        new(3, "Ann Lee-Hart", "ann.lee+hart@brightwater.example", null, false, "ann.lee-hart", "Brightwater Joinery", OneIp),
        new(
            4, "Zoë Ångström", "Zoe.Angstrom@nordkai.example", "zoe@angstrom.example.org", false, "zoë.å", "Nordkai Cold Storage",
            "198.51.100.4"),
        new(5, "Finn O'Neil", "finn.o'neil@tansylane.example", null, false, @"TANSY\finn", "Tansy Lane Dental", "198.51.100.5"),
        new(
            6, "Mira \"Mo\" Okonjo-Vale", "mira@quillmark.example", "mira.vale@example.org", false, null, "Quillmark Press",
            "198.51.100.6"),
        new(7, "Abel Quist", "abel.quist@quillmark.example", null, false, "a", "Quillmark Press", "198.51.100.6"),
    ];

    private static readonly string[] GivenNames =
    [
        "Bram", "Cora", "Dilan", "Edda", "Farah", "Goran", "Hanne", "Ivo", "Jora", "Kemal", "Lotte", "Maro", "Nuala", "Osman", "Petra",
        "Ravi", "Signe", "Tariq", "Una", "Viggo", "Wanda", "Yusuf", "Zita",
    ];
    private static readonly string[] Surnames =
    [
        "Ashgrove", "Birkdale-Moss", "Coldwell", "Darrowby", "Elmsett", "Fenwicke", "Garthside", "Holmroyd", "Ingleby", "Jessop-Lund",
        "Kettlewick", "Langholme", "Marfleet", "Northgate", "Overlund", "Penhallow", "Quarmby", "Ravenser", "Skelder",
    ];
    private static readonly (string Firm, string Domain)[] Firms =
    [
        ("Marlow Tide Surveyors", "marlowtide.example"), ("Greyfold Logistics", "greyfold.test"),
        ("Pennant Row Bakery", "pennantrow.example"),
        ("Copperlane Legal", "copperlane.example.com"), ("Wold View Veterinary", "woldview.example.org"),
    ];

    public static IReadOnlyList<SamplePerson> Make(int count, int seed)
    {
        var random = new SeededRandom(seed, stream: 1);
        return [.. Enumerable.Range(0, count).Select(index => index < Resembling.Length ? Resembling[index] : Invent(index, random))];
    }

    private static SamplePerson Invent(int index, SeededRandom random)
    {
        var (given, surname) = (random.Pick(GivenNames), random.Pick(Surnames));
        var (firm, domain) = random.Pick(Firms);
        var local = FormattableString.Invariant($"{given}.{surname}{index}").ToLowerInvariant();
        var second = random.Chance(30) ? $"{local}@example.com" : null;
        var login = random.Chance(80) ? FormattableString.Invariant($"{given[0]}{surname}{index}").ToLowerInvariant() : null;
        return new SamplePerson(index, $"{given} {surname}", $"{local}@{domain}", second, false, login, firm, FormattableString.Invariant(
            $"203.0.113.{random.Next(1, 255)}"));
    }
}
