using System.Security.Cryptography;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Receiving;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Takes messages over into a case's container, byte for byte. They flow through: a message of any size that Exchange takes (150 MB)
/// costs a few megabytes of memory.
/// </summary>
internal sealed class MimeArchive(Inbox inbox, CaseFiles files)
{
    // A transfer that stands still must not hold up the mail behind it.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <returns>SHA-256 of the message, 64 lowercase hexadecimal digits.</returns>
    public async Task<string> StoreAsync(CaseId caseId, string messageId, string name, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(Longest);
        using var sha256 = SHA256.Create();
        await using var mime = await inbox.OpenMimeAsync(messageId, bounded.Token);
        await using var hashing = new CryptoStream(mime, sha256, CryptoStreamMode.Read);
        await files.WriteAsync(caseId, name, hashing, bounded.Token);
        return Convert.ToHexStringLower(sha256.Hash!);
    }

    /// <summary>At most so many bytes of a message, without keeping them.</summary>
    public async Task<byte[]> ReadBeginningAsync(string messageId, int most, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(Longest);
        await using var mime = await inbox.OpenMimeAsync(messageId, bounded.Token);
        using var beginning = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; beginning.Length < most && (read = await mime.ReadAsync(buffer, bounded.Token)) > 0;)
            beginning.Write(buffer, 0, read);
        return beginning.ToArray();
    }
}
