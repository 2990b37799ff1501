using System.Text;
using System.Text.Unicode;
using Spectrum.PrivacyFlows.Streams;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>
/// A log's text as UTF-8, whatever it was written in: by its byte order mark, else by what the data map declares, else it is UTF-8. Text
/// that does not fit fails: skipped, it would make the answer shorter than the truth.
/// </summary>
internal static class LogText
{
    private const int LongestMark = 4;

    // Those of .NET beyond Unicode and Latin-1.
    static LogText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>What a data map may declare: what programs write logs in.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "utf-8", "utf-16", "utf-16BE", "utf-32", "iso-8859-1", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252", "shift_jis",
        "gb18030",
    ];

    /// <param name="declared">The option of the data map; null where there is none.</param>
    /// <param name="isGzip">The stream ends with a mark of our own, which only UTF-8 leaves as it is.</param>
    /// <exception cref="LogTextException">It is in an encoding that cannot be read there.</exception>
    public static async Task<Stream> OpenAsync(Stream text, string? declared, bool isGzip, CancellationToken cancellation)
    {
        var head = new byte[LongestMark];
        var read = await text.ReadAtLeastAsync(head, LongestMark, throwOnEndOfStream: false, cancellation);
        var (encoding, mark) = Marked(head.AsSpan(0, read));
        encoding ??= Declared(declared);
        var rest = new ChainedStream(head.AsMemory(mark, read - mark), text, default);
        if (encoding is null)
            return rest;
        return isGzip
            ? throw new LogTextException($"is packed and in {encoding.WebName}, and a packed log must be in UTF-8")
            : Encoding.CreateTranscodingStream(rest, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <exception cref="LogTextException">It is no UTF-8.</exception>
    public static void Check(ReadOnlySpan<byte> lines)
    {
        if (!Utf8.IsValid(lines))
            throw new LogTextException("is not in UTF-8, and neither a byte order mark nor the data map says in what");
        // UTF-16 of Latin letters without its mark is valid UTF-8 with a zero byte at every other place.
        if (lines.Contains((byte)0))
            throw new LogTextException("holds zero bytes, as UTF-16 without a byte order mark does");
    }

    /// <summary>UTF-8's own mark stays: the formats know it. UTF-32's begins as UTF-16's does.</summary>
    private static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0] => (Strict(Encoding.UTF32), 4),
        [0, 0, 0xFE, 0xFF] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true), 4),
        [0xFF, 0xFE, ..] => (Strict(Encoding.Unicode), 2),
        [0xFE, 0xFF, ..] => (Strict(Encoding.BigEndianUnicode), 2),
        _ => (null, 0),
    };

    private static Encoding? Declared(string? name) =>
        name is null || Is(name, "utf-8") ? null : Strict(Encoding.GetEncoding(name));

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The text of a log cannot be read; the message ends a sentence and holds nothing of the log.</summary>
internal sealed class LogTextException(string message) : Exception(message);
