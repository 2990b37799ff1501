using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// The six-digit codes that go to the case's own address before a download (S1). In the table <c>Codes</c>, one code a case, so a
/// fresh code replaces the one before; kept as a keyed HMAC, never in clear.
/// </summary>
public sealed class DownloadCodes(CaseAccount storage, LinkSettings settings, TimeProvider clock)
{
    /// <summary>That a code works.</summary>
    public const int Minutes = 10;

    /// <summary>Wrong ones, for each code.</summary>
    public const int Tries = 5;

    /// <summary>Codes that can be asked for by one link in a London day; a fresh link has its own.</summary>
    public const int PerDay = 10;

    /// <summary>Codes that one caller's address can ask for in a London day.</summary>
    public const int PerCaller = 5;

    /// <summary>Fresh links that a case can have in a London day.</summary>
    public const int FreshLinksPerDay = 3;

    private const string RowKey = "code";
    private readonly TableOnFirstUse table = new(storage.Tables, "Codes");
    private readonly ContendedRow rows = new(new TableOnFirstUse(storage.Tables, "Codes"));

    /// <summary>Makes a fresh code and voids the one before.</summary>
    /// <param name="linkId">The link whose page asks: who uses up one link's codes uses up no other's.</param>
    /// <param name="caller">The address that asks, as <see cref="CallerKey"/> names it.</param>
    /// <returns>Null where the link has had ten today, or the caller five; the last one stays good.</returns>
    public async Task<IssuedCode?> IssueAsync(CaseId caseId, string linkId, string caller, CancellationToken cancellation = default)
    {
        if (!await TryCountAsync(caseId, $"caller|{caller}", PerCaller, cancellation))
            return null;
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        return await rows.ChangeAsync(caseId.ToString(), RowKey, row => Issue(row, caseId, linkId, code), cancellation);
    }

    /// <summary>Takes one of the fresh links that the case may have today.</summary>
    /// <returns>Counts the fresh links of the case from 1; null where it has had three today.</returns>
    public Task<int?> TakeFreshLinkAsync(CaseId caseId, CancellationToken cancellation = default) =>
        rows.ChangeAsync<int?>(
            caseId.ToString(),
            "fresh",
            row =>
            {
                if (!TryCount(row, FreshLinksPerDay))
                    return (false, null);
                row["Number"] = Number(row, "Number") + 1;
                return (true, Number(row, "Number"));
            },
            cancellation);

    /// <summary>Names a caller's address for a case: a keyed digest, which is of no use without the key.</summary>
    public string CallerKey(CaseId caseId, string address) => Convert.ToHexStringLower(
        HMACSHA256.HashData(settings.Keys[0], Encoding.UTF8.GetBytes($"caller\n{caseId}\n{address}")))[..32];

    /// <summary>Forgets who asked: the case is closed.</summary>
    public async Task ForgetCallersAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var client = await table.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {caseId.ToString()} and RowKey ge {"caller|"} and RowKey lt {"caller}"}");
        await foreach (var row in client.QueryAsync<TableEntity>(
            filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
    }

    /// <summary>Tries a code. A text of other than six digits is wrong without using up a try: it was no guess.</summary>
    public Task<CodeCheck> TryAsync(CaseId caseId, string code, CancellationToken cancellation = default) =>
        rows.ChangeAsync(caseId.ToString(), RowKey, row => Try(row, caseId, code), cancellation);

    private Task<bool> TryCountAsync(CaseId caseId, string key, int most, CancellationToken cancellation) =>
        rows.ChangeAsync(caseId.ToString(), key, row => TryCount(row, most) ? (true, true) : (false, false), cancellation);

    /// <summary>Counts one of the day's.</summary>
    private bool TryCount(TableEntity row, int most)
    {
        var today = DeadlineCalculator.LondonDate(clock.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture);
        var already = row.GetString("Day") == today ? Number(row, "IssuedToday") : 0;
        if (already >= most)
            return false;
        row["Day"] = today;
        row["IssuedToday"] = already + 1;
        return true;
    }

    private (bool Write, IssuedCode? Answer) Issue(TableEntity row, CaseId caseId, string linkId, string code)
    {
        var now = clock.GetUtcNow();
        if (row.GetString("Link") != linkId)
            row["IssuedToday"] = 0;
        if (!TryCount(row, PerDay))
            return (false, null);
        row["Link"] = linkId;
        var issued = new IssuedCode(Number(row, "Number") + 1, code, now.AddMinutes(Minutes));
        row["Number"] = issued.Number;
        row["Code"] = Convert.ToHexStringLower(Digest(caseId, issued.Number, code, settings.Keys[0]));
        row["ExpiresAt"] = issued.ExpiresAt;
        row["Wrong"] = 0;
        row["IsUsed"] = false;
        return (true, issued);
    }

    private (bool Write, CodeCheck Answer) Try(TableEntity row, CaseId caseId, string code)
    {
        var wrong = Number(row, "Wrong");
        if (row.GetBoolean("IsUsed") is not false)
            return (false, new CodeCheck(CodeState.Expired, 0));
        if (wrong >= Tries)
            return (false, new CodeCheck(CodeState.TooManyTries, 0));
        if (clock.GetUtcNow() >= row.GetDateTimeOffset("ExpiresAt"))
            return (false, new CodeCheck(CodeState.Expired, 0));
        if (code is not { Length: 6 } || !code.All(char.IsAsciiDigit))
            return (false, new CodeCheck(CodeState.Wrong, Tries - wrong));
        if (IsCode(row, caseId, code))
        {
            row["IsUsed"] = true;
            return (true, new CodeCheck(CodeState.Right, 0) { Number = Number(row, "Number") });
        }
        row["Wrong"] = ++wrong;
        return (true, wrong < Tries ? new CodeCheck(CodeState.Wrong, Tries - wrong) : new CodeCheck(CodeState.TooManyTries, 0));
    }

    private bool IsCode(TableEntity row, CaseId caseId, string code)
    {
        var stored = Convert.FromHexString(row.GetString("Code"));
        var found = false;
        foreach (var key in settings.Keys)
            found |= CryptographicOperations.FixedTimeEquals(stored, Digest(caseId, Number(row, "Number"), code, key));
        return found;
    }

    // The prefix keeps these digests apart from whatever else the key signs.
    private static byte[] Digest(CaseId caseId, int number, string code, byte[] key) =>
        HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"code\n{caseId}\n{number}\n{code}"));

    private static int Number(TableEntity row, string name) => row.GetInt32(name) ?? 0;
}
