using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>One record: the values of the table's fields as they stand in the staged JSON, so that what is copied stays exact.</summary>
internal sealed class StagedRecord(SystemTable table)
{
    private readonly byte[][] names = [.. table.Fields.Select(field => Encoding.UTF8.GetBytes(field.Name))];
    private readonly bool[] isText = [.. table.Fields.Select(field => field.Type == FieldType.String)];
    private readonly Range[] values = new Range[table.Fields.Count];
    private readonly JsonTokenType[] kinds = new JsonTokenType[table.Fields.Count];
    private ReadOnlyMemory<byte> line;

    /// <summary>The JSON of a field's value; empty where the record has none.</summary>
    /// <remarks>In a column of text all is text, also where other values of it made it one.</remarks>
    public ReadOnlySpan<byte> Json(int field) => kinds[field] == JsonTokenType.None ? default
        : IsPlain(field) && isText[field] ? (byte[])[(byte)'"', .. line.Span[values[field]], (byte)'"']
        : line.Span[values[field]];

    public bool IsNull(int field) => kinds[field] is JsonTokenType.None or JsonTokenType.Null;

    /// <summary>Whether its value is one that no words can be in.</summary>
    public bool IsNumberOrLogical(int field) => IsPlain(field) && !isText[field];

    private bool IsPlain(int field) => kinds[field] is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;

    /// <summary>
    /// A field's value as a person or a spreadsheet reads it: a string without its quotes, anything else as its JSON, nothing as empty.
    /// </summary>
    public string Text(int field) => kinds[field] switch
    {
        JsonTokenType.None or JsonTokenType.Null => "",
        JsonTokenType.String => JsonText.Unescape(Json(field)),
        _ => Encoding.UTF8.GetString(Json(field)),
    };

    /// <exception cref="FormatException">
    /// The line is no JSON object of this table's fields. The message goes on after "line 12" and holds no value.
    /// </exception>
    public void Parse(ReadOnlyMemory<byte> json)
    {
        line = json;
        Array.Clear(kinds);
        if (!Utf8.IsValid(json.Span))
            throw new FormatException("is not UTF-8");
        try
        {
            ReadObject(new Utf8JsonReader(json.Span));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new FormatException("is not a JSON object");
        }
    }

    private void ReadObject(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("is not a JSON object");
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldAt(ref reader, expected);
            reader.Read();
            kinds[field] = reader.TokenType;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            values[field] = start..(int)reader.BytesConsumed;
            expected = field + 1;
        }
        // Throws where something follows the object.
        reader.Read();
    }

    private int FieldAt(ref Utf8JsonReader reader, int expected)
    {
        // Fields come in the data map's order, so the first look nearly always finds it.
        for (var step = 0; step < names.Length; step++)
        {
            var field = (expected + step) % names.Length;
            if (!reader.ValueTextEquals(names[field]))
                continue;
            return kinds[field] == JsonTokenType.None ? field : throw new FormatException("names a field twice");
        }
        throw new FormatException("has a field that the data map does not describe");
    }
}
