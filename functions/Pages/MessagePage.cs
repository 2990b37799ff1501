using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>Says one thing: thanks, a link that no longer works (403, 410), an error (404, 429, 500).</summary>
/// <param name="StatusCode">The HTTP status it is sent with.</param>
/// <param name="Title">The heading.</param>
/// <param name="Paragraphs">What to say and what to do next; plain text.</param>
/// <param name="Link">Where to go next; null where there is nowhere.</param>
/// <param name="LinkLabel">What the link does; empty without a link.</param>
/// <param name="Case">The case, where it is known for sure.</param>
/// <param name="WriteTo">A last paragraph with the controller’s address; null for none.</param>
public sealed record MessagePage(
    int StatusCode, string Title, IReadOnlyList<string> Paragraphs, Uri? Link = null, string LinkLabel = "", CaseId? Case = null,
    WriteTo? WriteTo = null)
    : Page(Title, Case)
{
    public override int StatusCode { get; init; } = StatusCode;
}

/// <summary>A sentence that ends with the controller’s email address.</summary>
/// <param name="Before">What stands before the address.</param>
/// <param name="After">A sentence that follows; empty for none.</param>
public sealed record WriteTo(string Before, string After = "");
