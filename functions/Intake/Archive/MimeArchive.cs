using System.Security.Cryptography;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Streams;

namespace Spectrum.PrivacyFlows.Intake.Archive;

/// <summary>
/// Takes messages over into a case's container, byte for byte. They flow through: a message of any size that Exchange takes (150 MB)
/// costs a few megabytes of memory. One that quotes a link of ours, as replies do, is kept with its links masked: what lies in the
/// storage must open nothing. Its hash is of the message as it came, which stays in the mailbox.
/// </summary>
internal sealed class MimeArchive(Inbox inbox, CaseFiles files)
{
    // A transfer that stands still must not hold up the mail behind it.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task<ArchivedMessage> StoreAsync(CaseId caseId, string messageId, string name, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(Longest);
        await using var mime = await inbox.OpenMimeAsync(messageId, bounded.Token);
        var beginning = await ReadBeginningAsync(mime, RequestText.MaxBytesRead, bounded.Token);
        var masked = MaskedMessage.Of(beginning);
        using var sha256 = SHA256.Create();
        await using var whole = new ChainedStream(beginning, mime, default);
        await using var hashing = new CryptoStream(whole, sha256, CryptoStreamMode.Read);
        if (masked is null)
            await files.WriteAsync(caseId, name, hashing, bounded.Token);
        else
        {
            await hashing.CopyToAsync(Stream.Null, bounded.Token);
            await files.WriteAsync(caseId, name, new BinaryData(masked), bounded.Token);
        }
        return new ArchivedMessage(Convert.ToHexStringLower(sha256.Hash!), masked is not null);
    }

    /// <summary>At most so many bytes of a message, without keeping them.</summary>
    public async Task<byte[]> ReadBeginningAsync(string messageId, int most, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(Longest);
        await using var mime = await inbox.OpenMimeAsync(messageId, bounded.Token);
        return await ReadBeginningAsync(mime, most, bounded.Token);
    }

    private static async Task<byte[]> ReadBeginningAsync(Stream mime, int most, CancellationToken cancellation)
    {
        using var beginning = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; beginning.Length < most && (read = await mime.ReadAsync(buffer, cancellation)) > 0;)
            beginning.Write(buffer, 0, read);
        return beginning.ToArray();
    }
}

/// <param name="Sha256">Of the message as it came, 64 lowercase hexadecimal digits.</param>
/// <param name="IsMasked">Whether links of ours that it quotes are masked in what is kept.</param>
internal sealed record ArchivedMessage(string Sha256, bool IsMasked)
{
    /// <summary>For the record, of a file.</summary>
    public Dictionary<string, string> Facts(string file) => new()
    {
        ["file"] = file,
        ["sha256"] = Sha256,
        ["kept"] = IsMasked ? "with the links that it quotes masked; the hash is of the message as it came" : "as it came",
    };
}
