using System.Globalization;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Rights;

namespace Spectrum.PrivacyFlows.Person.Delivery;

/// <summary>Sends the person the link to the bundle that was approved, and to no other.</summary>
public sealed class DeliverActivity(
    CaseStore cases, CaseAnswers answers, EvidenceLog record, BundleStore bundles, CaseLinks links, LetterRenderer letters,
    IOutbox outbox, DeliverySettings settings, TimeProvider clock)
{
    /// <returns>When the link stops working, in UTC; the same when the step runs again.</returns>
    [Function(nameof(Deliver))]
    public async Task<DateTime> Deliver([ActivityTrigger] string caseId, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(caseId), context.CancellationToken);
        var found = await cases.GetAsync(id, cancellation);
        // A case that is resumed after its delivery passes here again, perhaps when the bundle is gone already.
        if (found is { DeliveredAt: not null, LinkExpiresAt: { } expires })
            return expires.UtcDateTime;

        await CheckAnswersAsync(found, cancellation);
        var bundle = await bundles.FindAsync(id, cancellation);
        if (bundle is null || bundle.Sha256 != found.BundleSha256 || !await IsApprovedAsync(found, bundle, cancellation))
            throw new InvalidOperationException("The stored bundle is not the one that was approved.");
        var now = clock.GetUtcNow();
        found = await cases.UpdateAsync(id, c => WithLivingLink(c, now) with { BundleETag = bundle.ETag }, cancellation);
        await SendAsync(found, bundle.Bytes, cancellation);
        await cases.UpdateAsync(id, c => c.Reached(CaseState.Delivered) with { DeliveredAt = now }, cancellation);
        return found.LinkExpiresAt!.Value.UtcDateTime;
    }

    /// <summary>
    /// What the blob says of itself, whoever may write it can say too. Its writing is the one that was built; else every byte is hashed, as
    /// a bundle that was put back from elsewhere has another.
    /// </summary>
    private async Task<bool> IsApprovedAsync(Case found, StoredBundle bundle, CancellationToken cancellation) =>
        bundle.ETag == found.BundleETag || await bundles.HashAsync(found.Id, bundle.ETag, cancellation) == found.BundleSha256;

    /// <summary>
    /// An orchestration's history is not sealed; the answers of the person and the officer are, and they are what counts.
    /// </summary>
    private async Task CheckAnswersAsync(Case found, CancellationToken cancellation)
    {
        var identity = await answers.FindAsync(found.Id, Question.Identity, cancellation);
        var decision = await answers.FindAsync(found.Id, Question.Decision(found.Round), cancellation);
        if (identity?.Choice != "yes" || decision?.Choice != Decision.Approve.Word)
            throw new CaseSealException(
                found.Id.ToString(), "the orchestration’s word that the person confirmed and the officer approved");
    }

    /// <summary>Mail may have been away for longer than a link lives; nobody gets a letter with a dead one.</summary>
    private Case WithLivingLink(Case found, DateTimeOffset now)
    {
        if (found.LinkExpiresAt is null)
            return found with { LinkExpiresAt = now.AddDays(settings.LinkDays) };
        return found.LinkExpiresAt > now
            ? found
            : found with { LinkExpiresAt = now.AddDays(settings.LinkDays), LinkRenewals = found.LinkRenewals + 1 };
    }

    private async Task SendAsync(Case found, long bytes, CancellationToken cancellation)
    {
        var id = found.Id;
        var link = await links.CreateAsync(id, LinkPurpose.Download, found.BundleSha256, found.LinkExpiresAt!.Value, cancellation);
        var letter = new DeliveryLetter(id, link, found.LinkExpiresAt.Value, settings.MaxDownloads, found.Rights, bytes);
        var key = found.LinkRenewals == 0 ? "delivery" : string.Create(CultureInfo.InvariantCulture, $"delivery/{found.LinkRenewals}");
        await outbox.SendToPersonAsync(id, key, letters.Render(letter), cancellation);
        await record.AppendAsync(id, "delivered", "The link to the bundle was sent to the address that the request came from.",
            new Dictionary<string, string>
            {
                ["rule"] = "S1",
                ["sha256"] = found.BundleSha256,
                ["expires"] = $"{found.LinkExpiresAt.Value.UtcDateTime:O}",
                ["downloads"] = $"{settings.MaxDownloads}",
            }, cancellation);
    }
}
