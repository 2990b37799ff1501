using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>What a search of one system gave.</summary>
/// <param name="Name">What people call the system.</param>
/// <param name="Records">How many records were taken.</param>
/// <param name="Problem">What went wrong, in plain words; empty when all is well.</param>
/// <param name="WhatToDo">What mends it; empty when all is well.</param>
/// <param name="Owner">Who answers for the system.</param>
public sealed record SystemFinding(string Name, long Records, string Problem, string WhatToDo, string Owner)
{
    public string Found => Problem.Length > 0 ? "Failed" : PlainWords.Records(Records);
}
