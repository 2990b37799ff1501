using System.Globalization;
using System.Text;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>
/// The combined format of web servers:
/// <c>ip ident user [time] "request" status bytes "referrer" "agent"</c>. A <c>-</c> is null. What follows the agent is left out. A line
/// of the common format, which ends with the bytes, has null for the last two.
/// </summary>
internal sealed class CombinedFormat : ILogFormat
{
    public const string Name = "combined";

    /// <summary>
    /// What a line gives, and where it stands: the blob's name and the number of the line in it, from 1, which together name a record.
    /// </summary>
    public static readonly IReadOnlyList<string> FieldNames =
        ["blob", "line", "ip", "ident", "user", "time", "method", "path", "protocol", "status", "bytes", "referrer", "agent"];

    private readonly SystemTable table;
    private readonly FieldMatch[] matches;
    private readonly int[] places;
    private readonly string?[] values = new string?[FieldNames.Count];

    public CombinedFormat(SystemTable table, FieldMatch[] matches, string blob)
    {
        (this.table, this.matches) = (table, matches);
        places = [.. table.Fields.Select(field => FieldNames.ToList().IndexOf(field.Name))];
        values[0] = blob;
    }

    public bool TryRead(ReadOnlySpan<byte> line)
    {
        var rest = line;
        if (!TryTake(ref rest, " "u8, 2)
                || !TryTake(ref rest, " "u8, 3)
                || !TryTake(ref rest, " ["u8, 4)
                || !TryTake(ref rest, "] \""u8, 5))
            return false;
        if (!TryTakeQuoted(ref rest, out var request) || !rest.StartsWith(" "u8))
            return false;
        rest = rest[1..];
        (values[11], values[12]) = (null, null);
        if (!TryTake(ref rest, " "u8, 9))
            return false;
        // The common format ends here.
        if (rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 || rest is [(byte)'-'])
        {
            values[10] = Decode(rest);
            return TryReadTime() && TryReadRequest(request);
        }
        if (!TryTake(ref rest, " \""u8, 10))
            return false;
        if (!TryTakeQuoted(ref rest, out values[11]) || !rest.StartsWith(" \""u8))
            return false;
        rest = rest[2..];
        return TryTakeQuoted(ref rest, out values[12]) && TryReadTime() && TryReadRequest(request);
    }

    public bool IsTheirs(ReadOnlySpan<byte> line)
    {
        foreach (var match in matches)
        {
            if (values[places[match.Field]] is { } text && match.Holds(Encoding.UTF8.GetBytes(text)))
                return true;
        }
        return false;
    }

    public void Write(ReadOnlySpan<byte> line, long number, StagedLines lines)
    {
        values[1] = number.ToString(CultureInfo.InvariantCulture);
        lines.Begin();
        for (var i = 0; i < places.Length; i++)
        {
            var json = lines.Field(i);
            if (values[places[i]] is not { } text)
                json.WriteNullValue();
            else if (Encoding.UTF8.GetBytes(text) is var bytes && !TextValue.TryWrite(json, table.Fields[i].Type, bytes))
                lines.WriteMalformed(i, bytes);
        }
        lines.End();
    }

    private bool TryTake(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> end, int place)
    {
        var length = rest.IndexOf(end);
        if (length < 0)
            return false;
        values[place] = Decode(rest[..length]);
        rest = rest[(length + end.Length)..];
        return true;
    }

    /// <summary>Takes what is left of a quoted text, to its closing quote: the first one that no backslash guards.</summary>
    private static bool TryTakeQuoted(ref ReadOnlySpan<byte> rest, out string? text)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == '"')
            {
                text = Decode(rest[..i]);
                rest = rest[(i + 1)..];
                return true;
            }
        }
        text = null;
        return false;
    }

    private bool TryReadTime()
    {
        var isTime = DateTimeOffset.TryParseExact(
            values[5], "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        values[5] = isTime ? time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : null;
        return isTime;
    }

    /// <summary>A request that is none (scanners send anything) is kept whole as the path.</summary>
    private bool TryReadRequest(string? request)
    {
        var parts = request?.Split(' ') ?? [];
        (values[6], values[7], values[8]) = parts.Length == 3 ? (parts[0], parts[1], parts[2]) : (null, request, null);
        return values[9] is { Length: 3 } status
            && status.All(char.IsAsciiDigit)
            && (values[10] is null || values[10]!.All(char.IsAsciiDigit));
    }

    private static string? Decode(ReadOnlySpan<byte> text) => text is [(byte)'-'] ? null : LogEscapes.Decode(text);
}
