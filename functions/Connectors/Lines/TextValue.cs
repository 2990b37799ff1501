using System.Buffers;
using System.Text.Json;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>Writes a log's text as JSON of the type that the data map gives. Nothing is rounded and nothing is guessed.</summary>
internal static class TextValue
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    /// <returns>False where the text is not of this type; then nothing was written.</returns>
    public static bool TryWrite(Utf8JsonWriter json, FieldType type, ReadOnlySpan<byte> text)
    {
        Span<byte> moment = stackalloc byte[IsoText.MaxLength];
        switch (type)
        {
            case FieldType.String:
                json.WriteStringValue(text);
                return true;
            case FieldType.Integer when IsNumber(text, wholeOnly: true):
            case FieldType.Number when IsNumber(text, wholeOnly: false):
                json.WriteRawValue(text, skipInputValidation: true);
                return true;
            case FieldType.Boolean when text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8):
                json.WriteBooleanValue(text.Length == 4);
                return true;
            case FieldType.Date when IsoText.IsDate(text):
                json.WriteStringValue(text);
                return true;
            case FieldType.Datetime when IsoText.TryDatetime(text, moment, out var written):
                json.WriteStringValue(moment[..written]);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether it is a number as JSON writes one.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> text, bool wholeOnly)
    {
        if (text.Length is 0 or > 200 || text.IndexOfAnyExcept(NumberBytes) >= 0 || (wholeOnly && text.IndexOfAny("+.eE"u8) >= 0))
            return false;
        try
        {
            var reader = new Utf8JsonReader(text);
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
