using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>
/// Sends letters, each exactly once: a letter has a key within its case (as in <c>acknowledgement</c>, <c>review/1</c>,
/// <c>review/1/reminder-7</c>), and a key that was sent is never sent again, whatever crashes or is retried.
/// A copy of each is kept with the case and its sending is put on record.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Answers the person in the thread of their request, at the address it came from and at no other (S1): Reply-To is not believed.
    /// </summary>
    /// <param name="letterKey">Lowercase letters, digits, hyphens and slashes, 1 to 100 characters; the same for the same letter.</param>
    /// <exception cref="CaseNotFoundException">There is no such case.</exception>
    Task SendToPersonAsync(CaseId caseId, string letterKey, RenderedLetter letter, CancellationToken cancellation = default);

    /// <summary>Writes to officers about a case.</summary>
    /// <param name="letterKey">As for <see cref="SendToPersonAsync"/>.</param>
    /// <param name="to">One address or more.</param>
    Task SendToOfficerAsync(
        CaseId caseId, string letterKey, IReadOnlyList<EmailAddress> to, RenderedLetter letter, CancellationToken cancellation = default);
}
