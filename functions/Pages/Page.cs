namespace Spectrum.PrivacyFlows.Pages;

/// <summary>A page is a record of its fields. Its words are the template of the same name beside it, where every field is encoded.</summary>
/// <param name="StatusCode">The HTTP status it is sent with.</param>
/// <param name="Title">The page's one heading, and its name in the browser's tab. No personal data: tabs are seen by others.</param>
public abstract record Page(int StatusCode, string Title);
