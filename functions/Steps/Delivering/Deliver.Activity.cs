using Spectrum.PrivacyFlows.Audit;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Letters;
using Spectrum.PrivacyFlows.Letters.Delivery;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mailbox;

namespace Spectrum.PrivacyFlows.Steps.Delivering;

/// <summary>Sends the person the link to the bundle that was approved, and to no other.</summary>
public sealed class DeliverActivity(CaseStore cases, CaseRecord record, BundleStore bundles, CaseLinks links, IOutbox outbox, DeliverySettings settings, TimeProvider clock)
{
    /// <returns>When the link stops working, in UTC; the same when the step runs again.</returns>
    [Function(nameof(Deliver))]
    public async Task<DateTime> Deliver([ActivityTrigger] string caseId, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(caseId), context.CancellationToken);
        var expires = clock.GetUtcNow().AddDays(settings.LinkDays);
        var found = await cases.UpdateAsync(id, c => c with { State = CaseState.Delivered, LinkExpiresAt = c.LinkExpiresAt ?? expires }, cancellation);
        var bundle = await bundles.FindAsync(id, cancellation);
        if (bundle is null || bundle.Sha256 != found.BundleSha256)
            throw new InvalidOperationException("The stored bundle is not the one that was approved.");

        var link = await links.CreateAsync(id, LinkPurpose.Download, found.BundleSha256, found.LinkExpiresAt!.Value, cancellation);
        var letter = new DeliveryLetter(id, link, found.LinkExpiresAt.Value, settings.MaxDownloads, found.Rights, bundle.Bytes);
        await outbox.SendToPersonAsync(id, "delivery", LetterRenderer.Render(letter), cancellation);
        await record.AppendAsync(id, "delivered", "The link to the bundle was sent to the address that the request came from (S1).",
            new Dictionary<string, string> { ["sha256"] = bundle.Sha256, ["expires"] = $"{found.LinkExpiresAt.Value.UtcDateTime:O}", ["downloads"] = $"{settings.MaxDownloads}" }, cancellation);
        return found.LinkExpiresAt.Value.UtcDateTime;
    }
}
