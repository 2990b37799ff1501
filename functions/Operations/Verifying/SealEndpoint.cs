using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;

namespace Spectrum.PrivacyFlows.Operations.Verifying;

/// <summary>
/// Seals what is there as it stands: once after an upgrade from a version without seals, and after both signing keys were replaced because
/// one had leaked. It asks for the host's master key, which opens the whole app anyway, and goes on record.
/// </summary>
public sealed class SealEndpoint(CaseStore cases, CaseAnswers answers, CaseFiles files, EvidenceLog record)
{
    [Function("SealEverything")]
    public async Task<IActionResult> Seal(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "seals")] HttpRequest request, CancellationToken cancellation)
    {
        var rows = await cases.SealAllAsync(cancellation);
        var given = await answers.SealAllAsync(cancellation);
        foreach (var id in rows)
        {
            await files.SealAsync(id, "identifiers.json", cancellation);
            for (var round = 1; await files.ExistsAsync(id, Name(round), cancellation); round++)
                await files.SealAsync(id, Name(round), cancellation);
        }
        await record.AppendToSystemAsync(
            "sealed-anew", "Whoever runs the app had rows sealed as they stood.",
            new Dictionary<string, string>
            {
                ["cases"] = rows.Count.ToString(CultureInfo.InvariantCulture),
                ["answers"] = given.ToString(CultureInfo.InvariantCulture),
            },
            cancellation: cancellation);
        return new OkObjectResult(new { cases = rows.Count, answers = given });
    }

    private static string Name(int round) => string.Create(CultureInfo.InvariantCulture, $"rounds/{round}.json");
}
