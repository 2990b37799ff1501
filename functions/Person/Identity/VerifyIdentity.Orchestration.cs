using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>The cheapest adequate check (I2): whoever answers controls the mailbox that the request came from.</summary>
internal static class VerifyIdentityOrchestration
{
    public static async Task<IdentityAnswer> VerifyIdentity(this TaskOrchestrationContext context, string caseId)
    {
        var asked = await context.CallActivityAsync<DateTime>(nameof(IdentityActivity.StartAsking), caseId, Retries.Storage);
        var closes = asked.AddDays(IdentityTimetable.CloseAfterDays);
        var choice = await context.AwaitAnswer(caseId, Question.Identity,
            [.. IdentityTimetable.ReminderDays.Select(days => asked.AddDays(days))],
            next => context.CallActivityAsync(
                nameof(IdentityActivity.RemindOfIdentity), new RemindInput(caseId, next + 1, closes), Retries.Mail),
            until: closes);
        return await context.CallActivityAsync<IdentityAnswer>(
            nameof(IdentityActivity.TakeIdentity), new TakeIdentityInput(caseId, choice), Retries.Mail);
    }
}

public enum IdentityAnswer
{
    /// <summary>Nobody answered in time.</summary>
    None,

    /// <summary>Yes, I sent it.</summary>
    Confirmed,

    /// <summary>No, I did not.</summary>
    Denied,
}

/// <param name="Number">1 for the first reminder.</param>
public sealed record RemindInput(string CaseId, int Number, DateTime ClosesAt);

/// <param name="Choice"><c>yes</c>, <c>no</c>, or null where the time ran out: the activity decides which came first.</param>
public sealed record TakeIdentityInput(string CaseId, string? Choice);
