using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>Builds records as JSON lines, many to a buffer. For one table; not for two threads.</summary>
internal sealed class StagedLines : IDisposable
{
    private const int FullAt = 256 * 1024;

    private readonly ArrayBufferWriter<byte> buffer = new(FullAt + 64 * 1024);
    private readonly Utf8JsonWriter json;
    private readonly JsonEncodedText[] names;
    private readonly IReadOnlyList<TableField> fields;
    private readonly long[] malformed;

    public StagedLines(SystemTable table)
    {
        // Valid JSON that keeps what people wrote readable; whoever puts it into a page encodes it for that page.
        json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        (fields, malformed) = (table.Fields, new long[table.Fields.Count]);
        names = [.. table.Fields.Select(field => JsonEncodedText.Encode(field.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
    }

    public bool IsFull => buffer.WrittenCount >= FullAt;

    public bool IsEmpty => buffer.WrittenCount == 0;

    /// <summary>What was built since the last <see cref="Clear"/>, whole lines only.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Begin() => json.WriteStartObject();

    /// <summary>Names the next value: the field at this place in the data map's order. A value must follow.</summary>
    public Utf8JsonWriter Field(int index)
    {
        json.WritePropertyName(names[index]);
        return json;
    }

    /// <summary>Writes a value that is not of its field's type as it stands, as text.</summary>
    public void WriteMalformed(int index, ReadOnlySpan<byte> text)
    {
        malformed[index]++;
        json.WriteStringValue(text);
    }

    /// <summary>Tells the writer of such values since the last time.</summary>
    public void NoteMalformed(IRecordWriter writer)
    {
        for (var i = 0; i < malformed.Length; i++)
        {
            if (malformed[i] > 0)
                writer.NoteMalformed(fields[i].Name, malformed[i]);
            malformed[i] = 0;
        }
    }

    public void End()
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }

    public void Clear() => buffer.ResetWrittenCount();

    public void Dispose() => json.Dispose();
}
