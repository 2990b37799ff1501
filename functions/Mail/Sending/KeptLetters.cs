using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Mail.Sending;

/// <summary>
/// What is kept of a letter with its case: <c>letters/{key}.html</c> and <c>.text</c> with its links and codes masked, and
/// <c>.hash.json</c>, the hashes of the words as they were sent. A hash of a letter with a code is keyed: six digits could be guessed.
/// </summary>
internal sealed class KeptLetters(CaseFiles files, LinkSettings links)
{
    /// <summary>Before the draft is made: a later run cannot tell from what is masked what was sent.</summary>
    public async Task KeepAsync(CaseId caseId, string key, RenderedLetter letter, CancellationToken cancellation)
    {
        var hashes = BinaryData.FromObjectAsJson(HashesOf(letter), JsonSerializerOptions.Web);
        await files.WriteAsync(caseId, $"letters/{key}.hash.json", hashes, cancellation);
        await files.WriteAsync(caseId, $"letters/{key}.html", Masked(letter.Html, letter.Codes), cancellation);
        await files.WriteAsync(caseId, $"letters/{key}.text", Masked(letter.Text, letter.Codes), cancellation);
    }

    /// <returns>Facts for the record; empty for a letter from before hashes were kept.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FactsAsync(CaseId caseId, string key, CancellationToken cancellation) =>
        await files.ReadTextAsync(caseId, $"letters/{key}.hash.json", cancellation) is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []
            : [];

    private Dictionary<string, string> HashesOf(RenderedLetter letter) => letter.Codes.Count == 0
        ? new() { ["sha256"] = Hex(SHA256.HashData(Bytes(letter.Html))), ["sha256OfText"] = Hex(SHA256.HashData(Bytes(letter.Text))) }
        : new() { ["hmacSha256"] = Hex(Keyed(letter.Html)), ["hmacSha256OfText"] = Hex(Keyed(letter.Text)) };

    // The prefix keeps these digests apart from whatever else the key signs.
    private byte[] Keyed(string words) => HMACSHA256.HashData(links.Keys[0], Bytes("letter\n" + words));

    private static BinaryData Masked(string words, IReadOnlyList<string> codes) => BinaryData.FromString(SecretMask.Of(words, codes));

    private static byte[] Bytes(string words) => Encoding.UTF8.GetBytes(words);

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
