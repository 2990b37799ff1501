using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Officer.Refusing;

/// <summary>Tells the person of a refusal: the reasons, and where to turn (R1).</summary>
public sealed class RefuseActivity(CaseStore cases, CaseAnswers answers, LetterRenderer letters, IOutbox outbox)
{
    [Function(nameof(TellOfRefusal))]
    public async Task TellOfRefusal([ActivityTrigger] string caseId, FunctionContext context)
    {
        var id = CaseId.Parse(caseId);
        var found = await cases.GetAsync(id, context.CancellationToken);
        var answer = await answers.FindAsync(id, Question.Decision(found.Round), context.CancellationToken)
            ?? throw new InvalidOperationException("The refusal's reasons are not stored.");
        if (answer.Choice != Decision.Refuse.Word)
            throw new CaseSealException(caseId, "the orchestration’s word that the officer refused");
        await outbox.SendToPersonAsync(id, "refusal", letters.Render(new RefusalLetter(id, answer.Text)), context.CancellationToken);
    }
}
