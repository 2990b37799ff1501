using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Person.Closing;

/// <summary>Deletes bundle and staged data, looks whether anything is left, and writes down what it saw (S4).</summary>
public sealed class DestroyActivity(CaseAnswers answers, EvidenceLog record, CaseLinks links, BundleStore bundles)
{
    [Function(nameof(Destroy))]
    public async Task Destroy([ActivityTrigger] string caseId, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(caseId), context.CancellationToken);
        // No receipt counts from here on; one that came first stands, whatever the orchestration knew of it.
        var receipt = await answers.TimeOutAsync(id, Question.Receipt, cancellation);
        if (receipt.LinkId.Length > 0)
            await links.EnsureUsedAsync(id, LinkPurpose.Download, receipt.LinkId, cancellation);
        await links.RevokeAsync(id, [LinkPurpose.Download, LinkPurpose.File], cancellation);
        await bundles.DestroyAsync(id, cancellation);
        if (!await bundles.VerifyDestroyedAsync(id, cancellation))
            throw new InvalidOperationException("Something of the bundle or the staged data is still there.");
        await record.AppendAsync(
            id, "destroyed", "Bundle and staged data were deleted; we looked again and found nothing left.", cancellation: cancellation);
    }
}
