namespace Spectrum.PrivacyFlows.Law;

/// <summary>The rights of the UK GDPR that a person may use, numbered as their articles.</summary>
public enum Right
{
    Access = 15,
    Rectification = 16,
    Erasure = 17,
    Restriction = 18,
    Portability = 20,
    Objection = 21,
    AutomatedDecisions = 22,
}
