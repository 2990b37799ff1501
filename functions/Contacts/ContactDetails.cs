namespace Spectrum.PrivacyFlows.Contacts;

/// <summary>
/// Whom every letter, page and bundle names: who answers, and where to complain. Without settings it is who the policy names.
/// </summary>
public sealed record ContactDetails(ControllerSettings Controller, RegulatorSettings Regulator)
{
    public ContactDetails()
        : this(new ControllerSettings(), new RegulatorSettings())
    {
    }
}
