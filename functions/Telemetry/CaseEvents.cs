using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// Events that alerts and the workbook look for by name. They carry case numbers, counts and words of ours, nothing that a person wrote.
/// </summary>
internal static partial class CaseEvents
{
    [LoggerMessage(101, LogLevel.Information, "{CaseId}: opened; it asks for {Right}.")]
    public static partial void CaseOpened(this ILogger log, CaseId caseId, string right);

    /// <param name="days">From the receipt of the request, in London.</param>
    [LoggerMessage(102, LogLevel.Information, "{CaseId}: closed as {Outcome} after {Days} days; it asked for {Right}.")]
    public static partial void CaseClosed(this ILogger log, CaseId caseId, string right, string outcome, int days);

    [LoggerMessage(103, LogLevel.Warning, "{CaseId}: {DaysLeft} days left and nobody has decided; it is {State}.")]
    public static partial void CaseDueSoon(this ILogger log, CaseId caseId, int daysLeft, CaseState state);

    [LoggerMessage(104, LogLevel.Error, "{CaseId}: the orchestration ended as {Status} before the case was closed.")]
    public static partial void CaseStopped(this ILogger log, CaseId caseId, OrchestrationRuntimeStatus status);

    /// <param name="caseId">A case number, or SYSTEM for the record of what belongs to no case.</param>
    /// <param name="break">Where the chain breaks, in the verifier's words.</param>
    [LoggerMessage(105, LogLevel.Critical, "{CaseId}: what is stored does not hold: {Break}")]
    public static partial void EvidenceBroken(this ILogger log, string caseId, string @break);

    /// <param name="letter">Its kind, as in <c>review</c>.</param>
    [LoggerMessage(106, LogLevel.Error, "{CaseId}: the letter {Letter} could not be sent ({Problem}); it is tried again.")]
    public static partial void LetterFailed(this ILogger log, CaseId caseId, string letter, string problem);

    /// <param name="problem">What failed, without anything that a driver quoted.</param>
    [LoggerMessage(107, LogLevel.Warning, "{System} does not answer: {Problem}")]
    public static partial void SystemDown(this ILogger log, string system, string problem);

    [LoggerMessage(108, LogLevel.Information, "{Tables} tables were backed up, {Rows} rows; {Failed} failed.")]
    public static partial void TablesBackedUp(this ILogger log, int tables, long rows, int failed);

    [LoggerMessage(109, LogLevel.Error, "{Table}: it could not be backed up ({Problem}); the next night does it.")]
    public static partial void BackupFailed(this ILogger log, string table, string problem);

    [LoggerMessage(110, LogLevel.Warning, "{Table}: {Rows} rows were put back from the backup of {Day}.")]
    public static partial void TableRestored(this ILogger log, string table, long rows, string day);
}
