using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Answering;

public sealed class ReadAnswerActivity(CaseAnswers answers)
{
    /// <returns>The chosen word, or null while nobody answered. What was typed with it stays in the case's storage.</returns>
    [Function(nameof(ReadAnswer))]
    public async Task<string?> ReadAnswer([ActivityTrigger] ReadAnswerInput input, FunctionContext context) =>
        (await answers.FindAsync(CaseId.Parse(input.CaseId), new Question(input.Question), context.CancellationToken))?.Choice;
}

public sealed record ReadAnswerInput(string CaseId, string Question);
