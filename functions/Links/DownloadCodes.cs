using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// The six-digit codes that go to the case's own address before a download (S1). In the table <c>Codes</c>, one row a case, so a
/// fresh code replaces the one before; kept as a keyed HMAC, never in clear.
/// </summary>
public sealed class DownloadCodes(CaseAccount storage, LinkSettings settings, TimeProvider clock)
{
    /// <summary>That a code works.</summary>
    public const int Minutes = 10;

    /// <summary>Wrong ones, for each code.</summary>
    public const int Tries = 5;

    /// <summary>Codes that a case can have in a London day.</summary>
    public const int PerDay = 10;

    private const string RowKey = "code";
    private readonly ContendedRow rows = new(new TableOnFirstUse(storage.Tables, "Codes"));

    /// <summary>Makes a fresh code and voids the one before.</summary>
    /// <returns>Null where the case has had ten today; the last one stays good.</returns>
    public Task<IssuedCode?> IssueAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        return rows.ChangeAsync(caseId.ToString(), RowKey, row => Issue(row, caseId, code), cancellation);
    }

    /// <summary>Tries a code. A text of other than six digits is wrong without using up a try: it was no guess.</summary>
    public Task<CodeCheck> TryAsync(CaseId caseId, string code, CancellationToken cancellation = default) =>
        rows.ChangeAsync(caseId.ToString(), RowKey, row => Try(row, caseId, code), cancellation);

    private (bool Write, IssuedCode? Answer) Issue(TableEntity row, CaseId caseId, string code)
    {
        var now = clock.GetUtcNow();
        var today = DeadlineCalculator.LondonDate(now).ToString("O", CultureInfo.InvariantCulture);
        var issuedToday = row.GetString("Day") == today ? Number(row, "IssuedToday") : 0;
        if (issuedToday >= PerDay)
            return (false, null);
        var issued = new IssuedCode(Number(row, "Number") + 1, code, now.AddMinutes(Minutes));
        row["Number"] = issued.Number;
        row["Code"] = Convert.ToHexStringLower(Digest(caseId, issued.Number, code, settings.Keys[0]));
        row["ExpiresAt"] = issued.ExpiresAt;
        row["Wrong"] = 0;
        row["IsUsed"] = false;
        row["Day"] = today;
        row["IssuedToday"] = issuedToday + 1;
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
            return (true, new CodeCheck(CodeState.Right, 0));
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
