using System.Globalization;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Delivery;

/// <summary>Sends the person the link to the bundle that was approved, and to no other.</summary>
public sealed class DeliverActivity(
    CaseStore cases, EvidenceLog record, BundleStore bundles, CaseLinks links, LetterRenderer letters, IOutbox outbox,
    DeliverySettings settings, TimeProvider clock)
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

        var bundle = await bundles.FindAsync(id, cancellation);
        if (bundle is null || bundle.Sha256 != found.BundleSha256)
            throw new InvalidOperationException("The stored bundle is not the one that was approved.");
        var now = clock.GetUtcNow();
        found = await cases.UpdateAsync(id, c => WithLivingLink(c, now), cancellation);
        await SendAsync(found, bundle.Bytes, cancellation);
        await cases.UpdateAsync(id, c => c.Reached(CaseState.Delivered) with { DeliveredAt = now }, cancellation);
        return found.LinkExpiresAt!.Value.UtcDateTime;
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
