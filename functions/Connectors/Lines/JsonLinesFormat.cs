using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>
/// One JSON object a line; the table's fields are properties of it. A property that is not there is null; of one that
/// is there twice, the last holds.
/// </summary>
internal sealed class JsonLinesFormat(SystemTable table, FieldMatch[] matches) : ILogFormat
{
    public const string Name = "json-lines";

    private readonly byte[][] names = [.. table.Fields.Select(field => Encoding.UTF8.GetBytes(field.Name))];
    private readonly Token[] tokens = new Token[table.Fields.Count];
    private byte[] scratch = new byte[1024];

    public bool TryRead(ReadOnlySpan<byte> line)
    {
        Array.Clear(tokens);
        if (!Utf8.IsValid(line))
            return false;
        try
        {
            return TryReadObject(new Utf8JsonReader(line));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair.
            return false;
        }
    }

    public bool IsTheirs(ReadOnlySpan<byte> line)
    {
        foreach (var match in matches)
        {
            if (tokens[match.Field].Type is JsonTokenType.String or JsonTokenType.Number && match.Holds(Text(line, tokens[match.Field])))
                return true;
        }
        return false;
    }

    public void Write(ReadOnlySpan<byte> line, long number, StagedLines lines)
    {
        lines.Begin();
        for (var i = 0; i < tokens.Length; i++)
        {
            var json = lines.Field(i);
            if (tokens[i].Type is JsonTokenType.None or JsonTokenType.Null)
                json.WriteNullValue();
            else if (tokens[i].Type is JsonTokenType.StartObject or JsonTokenType.StartArray
                    || !TextValue.TryWrite(json, table.Fields[i].Type, Text(line, tokens[i])))
                lines.WriteMalformed(i, Text(line, tokens[i]));
        }
        lines.End();
    }

    private bool TryReadObject(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        for (var expected = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var field = FieldOf(ref reader, expected);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var (type, escaped) = (reader.TokenType, reader.ValueIsEscaped);
            if (escaped)
                Unescape(ref reader);
            reader.Skip();
            if (field < 0)
                continue;
            tokens[field] = new Token(type, start, (int)reader.BytesConsumed - start, escaped);
            expected = field + 1;
        }
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    /// <summary>Which field the property is; writers keep one order as a rule, so the one after the last is tried first.</summary>
    private int FieldOf(ref Utf8JsonReader reader, int expected)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var field = (expected + i) % names.Length;
            if (reader.ValueTextEquals(names[field]))
                return field;
        }
        return -1;
    }

    /// <summary>A string's characters or a number's digits.</summary>
    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line, Token token)
    {
        var raw = line.Slice(token.Start, token.Length);
        if (token.Type != JsonTokenType.String)
            return raw;
        if (!token.IsEscaped)
            return raw[1..^1];
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return Unescape(ref reader);
    }

    private ReadOnlySpan<byte> Unescape(scoped ref Utf8JsonReader reader)
    {
        if (scratch.Length < reader.ValueSpan.Length)
            scratch = new byte[reader.ValueSpan.Length];
        return scratch.AsSpan(0, reader.CopyString(scratch));
    }

    private readonly record struct Token(JsonTokenType Type, int Start, int Length, bool IsEscaped);
}
