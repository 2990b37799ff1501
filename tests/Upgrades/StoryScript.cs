using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Person.Identity;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Upgrades;

/// <summary>What each activity of the story answers, as it would.</summary>
/// <param name="understood">The rules know what the request asks for.</param>
/// <param name="downSystem">A system that never answers.</param>
internal sealed class StoryScript(bool understood, string? downSystem)
{
    private static readonly DateOnly Due = new(2026, 4, 2);

    /// <summary>What was answered, by question.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public object? Answer(string activity, JsonElement input) => activity switch
    {
        "Understand" => new Understood(understood, IsAnsweredByHand: false, Due),
        "TakeSorting" => new Understood(Text(input, "Choice") is "access" or "both", Text(input, "Choice") is "answered" or "none", Due),
        "StartAsking" => Now,
        "ReadAnswer" => Answers.GetValueOrDefault(Text(input, "Question")!),
        "TakeIdentity" =>
            Text(input, "Choice") switch { "yes" => IdentityAnswer.Confirmed, "no" => IdentityAnswer.Denied, _ => IdentityAnswer.None },
        "FindPerson" => new FoundPerson(["crm", "print-jobs", "web-access"], null),
        "CollectFromSystem" when Text(input, "System") == downSystem => throw new InvalidOperationException("down"),
        "CollectFromSystem" => new SystemOutcome(Text(input, "System")!, 3, "", ""),
        "TakeDecision" =>
            Text(input, "Choice") switch { "approve" => Decision.Approve, "refuse" => Decision.Refuse, _ => Decision.CollectAgain },
        "Deliver" => Now.AddDays(7),
        "Acknowledge" or "AskWhatItIs" or "RemindOfIdentity" or "BuildBundle" => null,
        "AskForDecision" or "TellOfRefusal" or "Destroy" or "Close" => null,
        _ => throw new InvalidOperationException($"The story has a new step, {activity}: say here what it answers."),
    };

    private static string? Text(JsonElement input, string name) => input.GetProperty(name).GetString();
}
