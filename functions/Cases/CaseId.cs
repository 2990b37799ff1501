using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// The number of a case: <c>PR-</c>, the year it was received in London (2000 to 9999), and a running number
/// of six digits or more (1 to 999,999,999), as in <c>PR-2026-000001</c>. It names the orchestration, the containers and the record.
/// </summary>
[JsonConverter(typeof(CaseIdJsonConverter))]
public readonly record struct CaseId
{
    /// <exception cref="ArgumentOutOfRangeException">Year or number is outside its range.</exception>
    public CaseId(int year, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 2000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 999_999_999);
        Year = year;
        Number = number;
    }

    /// <summary>
    /// The number of what belongs to no case, such as a digest for the officer or an alarm: its letters are kept under it, and its record
    /// is the system's. No request gets it.
    /// </summary>
    public static CaseId OfTheSystem { get; } = new(2000, 1);

    public int Year { get; }

    public int Number { get; }

    /// <summary>The container of the request as received and of the letters sent; kept with the case's record.</summary>
    public string CaseContainer => "case-" + ToString().ToLowerInvariant();

    /// <summary>The container of staged data and the bundle; deleted when the case closes (S4).</summary>
    public string BundleContainer => "bundle-" + ToString().ToLowerInvariant();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"PR-{Year:D4}-{Number:D6}");

    /// <exception cref="FormatException">The text is no case number. The message does not repeat it.</exception>
    public static CaseId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not a case number; one looks like PR-2026-000001.");

    public static bool TryParse([NotNullWhen(true)] string? text, out CaseId id)
    {
        id = default;
        if (text is null || text.Length is < 14 or > 17 || !text.StartsWith("PR-", StringComparison.Ordinal) || text[7] != '-')
            return false;
        if (!int.TryParse(text.AsSpan(3, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 2000 ||
            !int.TryParse(text.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        id = new CaseId(year, number);
        return id.ToString() == text;
    }

    private sealed class CaseIdJsonConverter : JsonConverter<CaseId>
    {
        public override CaseId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, CaseId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
