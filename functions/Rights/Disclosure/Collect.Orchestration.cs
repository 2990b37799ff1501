using System.Text.Json.Serialization;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Fans out to every system of the data map, one activity a system, and packages what came back.</summary>
internal static class CollectOrchestration
{
    public static async Task<IReadOnlyList<SystemOutcome>> CollectFromEverySystem(
        this TaskOrchestrationContext context, string caseId, int round)
    {
        var person = await context.FindPerson(caseId, round);
        var outcomes = await Task.WhenAll(person.Systems.Select(
            system => context.CollectFrom(caseId, round, system, person.WaitsLonger ? Retries.System : Retries.SystemAsItWas)));
        return person.Problem is { } problem ? [problem, .. outcomes] : outcomes;
    }

    public static Task BuildBundle(this TaskOrchestrationContext context, string caseId, int round, IReadOnlyList<SystemOutcome> found) =>
        context.CallActivityAsync(nameof(BuildBundleActivity.BuildBundle), new BuildInput(caseId, round, found), Retries.Storage);

    private static async Task<FoundPerson> FindPerson(this TaskOrchestrationContext context, string caseId, int round)
    {
        try
        {
            return await context.CallActivityAsync<FoundPerson>(
                nameof(FindPersonActivity.FindPerson), new RoundInput(caseId, round, ByAddressAlone: false), Retries.System);
        }
        catch (TaskFailedException)
        {
            // A system that says who is who does not answer. The others are searched by the address; the
            // officer hears that this is not all.
            return await context.CallActivityAsync<FoundPerson>(
                nameof(FindPersonActivity.FindPerson), new RoundInput(caseId, round, ByAddressAlone: true), Retries.Storage);
        }
    }

    private static async Task<SystemOutcome> CollectFrom(
        this TaskOrchestrationContext context, string caseId, int round, string system, TaskOptions retries)
    {
        try
        {
            return await context.CallActivityAsync<SystemOutcome>(
                nameof(CollectActivity.CollectFromSystem), new CollectInput(caseId, round, system), retries);
        }
        catch (TaskFailedException)
        {
            // What it failed with stands in the log under the case's number; the other systems go on.
            return new SystemOutcome(
                system, 0, "It did not answer, although we tried five times.", "Ask its owner to look at it, then choose “Collect again”.");
        }
    }
}

/// <param name="ByAddressAlone">Follow no further identifiers, since a system that would give them does not answer.</param>
public sealed record RoundInput(string CaseId, int Round, bool ByAddressAlone);

/// <param name="Systems">
/// The keys of the systems to collect from; none where this round was written down already (in a case that is resumed).
/// </param>
/// <param name="Problem">Why the person could not be found by all that they are known by; null where they could.</param>
/// <param name="WaitsLonger">False in histories from before a system that is away for five minutes was waited for.</param>
public sealed record FoundPerson(IReadOnlyList<string> Systems, SystemOutcome? Problem, bool WaitsLonger = false);

public sealed record CollectInput(string CaseId, int Round, string System);

public sealed record BuildInput(string CaseId, int Round, IReadOnlyList<SystemOutcome> Systems);

/// <summary>
/// How collecting from one system went. Counts and plain words, no personal data: it stands in the orchestration's history.
/// </summary>
/// <param name="System">Its key in the data map.</param>
/// <param name="Records">How many records were taken.</param>
/// <param name="Problem">Empty where all went well.</param>
/// <param name="WhatToDo">Empty where all went well.</param>
public sealed record SystemOutcome(string System, long Records, string Problem, string WhatToDo)
{
    // What is nothing is left out: it would change what open cases' histories say.

    /// <summary>How many values are not of their field's type and go out as the system holds them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Malformed { get; init; }

    /// <summary>How many records are under an address that differs from the person's by its tag alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long NearByTag { get; init; }

    /// <summary>How many are under one that differs by one letter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long NearByLetter { get; init; }
}
