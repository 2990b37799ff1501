using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// What a link's token says: version, purpose, expiry and id, then an HMAC-SHA256 over these and the case; 58 bytes, 78 characters in the
/// URL. The id is a digest of case, purpose, scope and expiry, so the signature binds the scope too, which stays in our table, and the same
/// arguments give the same id whichever key signs.
/// </summary>
/// <param name="Id">32 lowercase hexadecimal digits.</param>
/// <param name="ExpiresAt">To the second.</param>
internal sealed record LinkToken(LinkPurpose Purpose, string Id, DateTimeOffset ExpiresAt)
{
    private const byte Version = 1;
    private const int IdBytes = 16;
    private const int PayloadBytes = 1 + 1 + sizeof(long) + IdBytes;
    private const int TokenBytes = PayloadBytes + HMACSHA256.HashSizeInBytes;

    /// <param name="expiresAt">Rounded down to the second.</param>
    public static LinkToken For(CaseId caseId, LinkPurpose purpose, string scope, DateTimeOffset expiresAt)
    {
        var seconds = expiresAt.ToUnixTimeSeconds();
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"privacyflows-link-1\n{caseId}\n{(int)purpose}\n{seconds}\n{scope}"));
        return new LinkToken(purpose, Convert.ToHexStringLower(digest.AsSpan(0, IdBytes)), DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    public string Sign(CaseId caseId, byte[] key)
    {
        var token = new byte[TokenBytes];
        token[0] = Version;
        token[1] = (byte)Purpose;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(2), ExpiresAt.ToUnixTimeSeconds());
        Convert.FromHexString(Id).CopyTo(token, PayloadBytes - IdBytes);
        Signature(caseId, token.AsSpan(0, PayloadBytes), key).CopyTo(token, PayloadBytes);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What the token says, where one of the keys signed it for this case; null for anything else, whatever it is.</summary>
    public static LinkToken? Read(string? text, CaseId caseId, IReadOnlyList<byte[]> keys)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        if (text?.Length != Base64Url.GetEncodedLength(TokenBytes) ||
            Base64Url.DecodeFromChars(text, token, out _, out var decoded) != OperationStatus.Done ||
            decoded != TokenBytes ||
            Base64Url.EncodeToString(token) != text)
            return null;
        var payload = token[..PayloadBytes];
        var signed = false;
        foreach (var key in keys)
            signed |= CryptographicOperations.FixedTimeEquals(Signature(caseId, payload, key), token[PayloadBytes..]);
        return signed && payload[0] == Version ? Parse(payload) : null;
    }

    private static LinkToken Parse(ReadOnlySpan<byte> payload) => new(
        (LinkPurpose)payload[1],
        Convert.ToHexStringLower(payload[^IdBytes..]),
        DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(payload[2..])));

    // The prefix keeps these signatures apart from whatever else the key signs.
    private static byte[] Signature(CaseId caseId, ReadOnlySpan<byte> payload, byte[] key)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"link\n{caseId}\n"), .. payload];
        return HMACSHA256.HashData(key, signed);
    }
}
