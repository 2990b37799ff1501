using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Operations.Backups;

/// <summary>
/// A table's row as a line of JSON that loses nothing: each property as <c>[type, value]</c> with the types <c>s</c> (text), <c>i</c> and
/// <c>l</c> (whole numbers of 32 and 64 bits), <c>d</c> (floating point), <c>b</c> (yes or no), <c>t</c> (moment), <c>g</c> (GUID) and
/// <c>x</c> (bytes in base64). What the table itself keeps (ETag, timestamp) is left out.
/// </summary>
internal static class RowText
{
    private static readonly string[] TheTablesOwn = ["odata.etag", "Timestamp"];

    public static string Write(TableEntity row) =>
        JsonSerializer.Serialize(row.Where(property => !TheTablesOwn.Contains(property.Key) && property.Value is not null)
            .ToDictionary(property => property.Key, property => Written(property.Value)));

    /// <exception cref="FormatException">It is no such line. The message repeats none of it.</exception>
    public static TableEntity Read(string line)
    {
        try
        {
            var row = new TableEntity();
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(line)!)
                row[name] = Value(value[0], value[1]);
            return row;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or OverflowException or IndexOutOfRangeException
            or NullReferenceException)
        {
            throw new FormatException("A line of the backup is no row.");
        }
    }

    private static string[] Written(object value) => value switch
    {
        string text => ["s", text],
        int number => ["i", number.ToString(CultureInfo.InvariantCulture)],
        long number => ["l", number.ToString(CultureInfo.InvariantCulture)],
        double number => ["d", number.ToString("R", CultureInfo.InvariantCulture)],
        bool flag => ["b", flag ? "true" : "false"],
        DateTimeOffset moment => ["t", moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)],
        DateTime moment => ["t", new DateTimeOffset(moment.ToUniversalTime()).ToString("O", CultureInfo.InvariantCulture)],
        Guid guid => ["g", guid.ToString("D")],
        byte[] bytes => ["x", Convert.ToBase64String(bytes)],
        BinaryData bytes => ["x", Convert.ToBase64String(bytes.ToArray())],
        _ => throw new InvalidOperationException($"A table holds no {value.GetType().Name}."),
    };

    private static object Value(string type, string text) => type switch
    {
        "s" => text,
        "i" => int.Parse(text, CultureInfo.InvariantCulture),
        "l" => long.Parse(text, CultureInfo.InvariantCulture),
        "d" => double.Parse(text, CultureInfo.InvariantCulture),
        "b" => bool.Parse(text),
        "t" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        "g" => Guid.Parse(text),
        "x" => Convert.FromBase64String(text),
        _ => throw new FormatException(),
    };
}
