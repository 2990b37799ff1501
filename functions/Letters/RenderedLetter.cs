namespace Spectrum.PrivacyFlows.Letters;

/// <param name="Subject">One line of at most 150 characters that starts with the case number in brackets.</param>
/// <param name="Html">A whole HTML document with inline styles.</param>
/// <param name="Text">The same in plain text, with LF line ends.</param>
public sealed record RenderedLetter(string Subject, string Html, string Text);
