using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>A page with a form, which is shown again with status 400 where what it sent was not right.</summary>
/// <param name="Title">The heading.</param>
/// <param name="AboutCase">The case.</param>
/// <param name="Error">What was wrong with the form as sent, in words for whoever filled it in; empty at first.</param>
public abstract record FormPage(string Title, CaseId? AboutCase, string Error) : Page(Title, AboutCase)
{
    private readonly int? status;

    /// <summary>200, or 400 with an error, where it is not set.</summary>
    public override int StatusCode
    {
        get => status ?? (Error.Length == 0 ? 200 : 400);
        init => status = value;
    }
}
