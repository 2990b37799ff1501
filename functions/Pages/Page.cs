using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>
/// A page is a record of its fields. Its words are the template of the same name beside it, where every field is encoded.
/// </summary>
/// <param name="Title">The page's one heading, also shown in the browser's tab, so no personal data.</param>
/// <param name="AboutCase">The case it is about; null where that is not known for sure.</param>
public abstract record Page(string Title, CaseId? AboutCase)
{
    /// <summary>The HTTP status it is sent with.</summary>
    public abstract int StatusCode { get; init; }

    /// <summary>
    /// The page's name where there is no heading beside it: says first that something is wrong. Whose page it is follows it.
    /// </summary>
    public string TabTitle => (StatusCode >= 400 ? "Error: " : "") + Title + (AboutCase is { } id ? $" · {id}" : "");
}
