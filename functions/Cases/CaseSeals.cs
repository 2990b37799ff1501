using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// Vouches for what steps act on: a row or file of a case carries an HMAC-SHA256 over its content, written with it in one write, by a key
/// that is not in the storage. Who may write there cannot make one, so what they change is found before anything acts on it. The key is
/// derived (HKDF) from <c>Links__SigningKey</c>; the one before is believed too, so that a key can be changed.
/// </summary>
public sealed class CaseSeals
{
    private const string Purpose = "privacyflows-seal-1";
    private static readonly string[] KeySettings = ["Links__SigningKey", "Links__PreviousSigningKey"];
    private readonly IReadOnlyList<byte[]> keys;

    /// <param name="signingKeys">The one that seals, then those that are still believed.</param>
    public CaseSeals(params IReadOnlyList<byte[]> signingKeys) =>
        keys = [.. signingKeys.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.ASCII.GetBytes(Purpose)))];

    /// <summary>64 lowercase hexadecimal digits.</summary>
    /// <param name="parts">What is sealed, each by itself: where it stands, and all of its content.</param>
    public string Seal(params IReadOnlyList<string> parts) => Seal(keys[0], parts);

    public bool Holds(string? seal, params IReadOnlyList<string> parts) => keys.Any(key => IsEqual(seal, Seal(key, parts)));

    /// <summary>False where the key before sealed it, or nobody.</summary>
    public bool IsOfTheNewestKey(string? seal, params IReadOnlyList<string> parts) => IsEqual(seal, Seal(keys[0], parts));

    internal static CaseSeals From(SettingsReader settings)
    {
        // What is wrong with a key, LinkSettings says.
        var signing = KeySettings.Select(settings.Text).OfType<string>().Select(Key).ToList();
        return signing.Count == 0 || signing.Contains(null)
            ? throw SettingsReader.Incomplete
            : new CaseSeals([.. signing.OfType<byte[]>()]);
    }

    private static byte[]? Key(string text)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length > 0 ? key[..length] : null;
    }

    private static string Seal(byte[] key, IReadOnlyList<string> parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        var length = new byte[sizeof(int)];
        foreach (var part in parts)
        {
            // With its length before it, so that no two lists of parts are one text.
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hmac.AppendData(length);
            hmac.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static bool IsEqual(string? seal, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(seal ?? ""), Encoding.ASCII.GetBytes(right));
}

/// <summary>Something that a step would act on does not carry our seal: somebody else wrote it. Nothing was done.</summary>
/// <param name="caseId">Its number, as it stands in the storage.</param>
/// <param name="what">A table or a file of ours, no personal data.</param>
public sealed class CaseSealException(string caseId, string what)
    : Exception($"{caseId}: {what} was not written by this app. Nothing was done with it.")
{
    internal static CaseSealException OfRow(string caseId) => new(caseId, "its row in the table Cases");

    /// <summary>The number that a message of such an exception begins with; between processes only the message travels.</summary>
    internal static string OwnerIn(string message) => message[..Math.Max(0, message.IndexOf(": ", StringComparison.Ordinal))];
}
