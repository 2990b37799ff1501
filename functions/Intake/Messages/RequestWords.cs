using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>What somebody wrote, as the officer reads it on a page.</summary>
/// <param name="Own">Their own words, with a mark where a quote was left out, and what else the mail holds by name; untrusted.</param>
/// <param name="Quoted">What they quoted; untrusted, empty where nothing was.</param>
public sealed record RequestWords(Untrusted Own, Untrusted Quoted)
{
    public IReadOnlyList<Untrusted> OwnLines => Own.Or("(no text)").Lines;

    public IReadOnlyList<Untrusted> QuotedLines => Quoted.Lines;

    public bool HasQuoted => !Quoted.IsEmpty;
}
