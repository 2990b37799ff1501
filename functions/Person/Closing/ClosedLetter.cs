using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Closing;

/// <summary>Our copy of the answer is deleted (S4) and the case is closed.</summary>
/// <param name="Case">The case.</param>
/// <param name="SaidSo">Whether somebody with the link told us that they have the data; if not, the link ran out.</param>
/// <param name="Downloads">How many downloads began.</param>
public sealed record ClosedLetter(CaseId Case, bool SaidSo, int Downloads) : Letter(Case)
{
    public override string SubjectLine => "Your request is closed";

    public bool WasFetched => Downloads > 0;

    /// <summary>As in <c>once</c>, <c>3 times</c>.</summary>
    public string HowOften => Downloads switch { 1 => "once", 2 => "twice", _ => $"{Downloads} times" };
}
