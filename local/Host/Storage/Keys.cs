using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalHost.Storage;

/// <summary>Names of rows. A partition is an orchestration; in it are its record, its turns, its inbox and its outbox.</summary>
internal static class Keys
{
    public const string Record = "i";

    /// <summary>What the keys of messages begin with; no other row's key lies between the two.</summary>
    public const string FirstMessage = "m";
    public const string PastMessages = "p";

    private const string OutboxPrefix = "o";
    private const string TurnPrefix = "t";
    private const int LongestId = 300;

    /// <summary>
    /// Table keys must not hold / \ # ? or control characters; the escape keeps the order and the prefix of ordinary ids.
    /// </summary>
    public static string Partition(string instanceId)
    {
        var escaped = Escape(instanceId);
        if (escaped.Length <= LongestId)
            return escaped;
        return string.Concat(
            escaped.AsSpan(0, LongestId), "~", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId))));
    }

    public static string Turn(int generation, int turn) => Invariant($"{TurnPrefix}{generation:D8}-{turn:D8}");

    public static string Outbox(int generation, int turn) => Invariant($"{OutboxPrefix}{generation:D8}-{turn:D8}");

    public static string Inbox(long ticket) => Invariant($"{FirstMessage}{ticket:D19}");

    public static bool IsTurn(string rowKey) => rowKey.StartsWith(TurnPrefix, StringComparison.Ordinal);

    public static bool IsOutbox(string rowKey) => rowKey.StartsWith(OutboxPrefix, StringComparison.Ordinal);

    public static bool IsInbox(string rowKey) => rowKey.StartsWith(FirstMessage, StringComparison.Ordinal);

    public static int GenerationOf(string turn) => int.Parse(turn.AsSpan(1, 8), CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '/' or '\\' or '#' or '?' or '%' or '~' || char.IsControl(character))
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)character:X4}");
            else
                escaped.Append(character);
        }
        return escaped.ToString();
    }
}
