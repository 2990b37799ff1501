using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalFunctions.Storage;

/// <summary>Names of rows and blobs. A partition is an orchestration; in it are its record, its turns and its inbox.</summary>
internal static class Keys
{
    public const string Record = "i";

    private const int LongestId = 300;

    /// <summary>Table keys must not hold / \ # ? or control characters; the escape keeps the order and the prefix of ordinary ids.</summary>
    public static string Partition(string instanceId)
    {
        var escaped = EscapeAll(instanceId);
        if (escaped.Length <= LongestId)
            return escaped;
        return string.Concat(escaped.AsSpan(0, LongestId), "~", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId))));
    }

    public static string EscapeAll(string text)
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

    public static string Turn(int generation, int turn) => string.Create(CultureInfo.InvariantCulture, $"{Turns(generation)}{turn:D8}");

    /// <summary>What the keys of a generation's turns begin with.</summary>
    public static string Turns(int generation) => string.Create(CultureInfo.InvariantCulture, $"t{generation:D8}-");

    public static string Inbox(long ticket) => string.Create(CultureInfo.InvariantCulture, $"m{ticket:D19}");

    public static long Ticket(string rowKey) => long.Parse(rowKey.AsSpan(1), CultureInfo.InvariantCulture);
}
