using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

/// <summary>Writes a database's value as JSON of the type that the data map gives. Nothing is rounded and nothing is guessed.</summary>
internal static partial class SqlValue
{
    /// <returns>False where the value is not of this type; then nothing was written.</returns>
    public static bool TryWrite(Utf8JsonWriter json, FieldType type, object value) => type switch
    {
        FieldType.String => TryString(json, AsText(value)),
        FieldType.Integer => TryNumber(json, value, wholeOnly: true),
        FieldType.Number => TryNumber(json, value, wholeOnly: false),
        FieldType.Boolean => TryBoolean(json, value),
        FieldType.Date => TryString(json, AsDate(value)),
        FieldType.Datetime => TryString(json, AsDatetime(value)),
        _ => false,
    };

    private static bool TryString(Utf8JsonWriter json, string? text)
    {
        if (text is not null)
            json.WriteStringValue(text);
        return text is not null;
    }

    /// <returns>Null where it has no text form.</returns>
    public static string? AsText(object value) => value switch
    {
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        bool flag => flag ? "true" : "false",
        DateTime or DateTimeOffset => AsDatetime(value),
        DateOnly => AsDate(value),
        IPAddress address => address.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool TryNumber(Utf8JsonWriter json, object value, bool wholeOnly)
    {
        switch (value)
        {
            case long or int or short or byte:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case decimal number when !wholeOnly || decimal.IsInteger(number):
                json.WriteNumberValue(wholeOnly ? decimal.Truncate(number) : number);
                return true;
            case float number when !wholeOnly && float.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number) && (!wholeOnly || (double.IsInteger(number) && Math.Abs(number) < 1L << 53)):
                json.WriteNumberValue(number);
                return true;
            case string text when (wholeOnly ? WholeNumber() : JsonNumber()).IsMatch(text):
                json.WriteRawValue(text, skipInputValidation: true);
                return true;
            default:
                return false;
        }
    }

    private static bool TryBoolean(Utf8JsonWriter json, object value)
    {
        bool? flag = value switch
        {
            bool known => known,
            1L or 1 or (short)1 or "true" => true,
            0L or 0 or (short)0 or "false" => false,
            _ => null,
        };
        if (flag is { } certain)
            json.WriteBooleanValue(certain);
        return flag is not null;
    }

    private static string? AsDate(object value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment when moment.TimeOfDay == TimeSpan.Zero => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text when IsoText.IsDate(text) => text,
        _ => null,
    };

    private static string? AsDatetime(object value) => value switch
    {
        DateTime { Kind: DateTimeKind.Utc } moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        string text => IsoText.Datetime(text),
        _ => null,
    };

    [GeneratedRegex("^-?(0|[1-9][0-9]{0,99})\\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex("^-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?\\z")]
    private static partial Regex JsonNumber();
}
