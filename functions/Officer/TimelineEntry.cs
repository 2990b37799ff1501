namespace Spectrum.PrivacyFlows.Officer;

/// <summary>A line of the case's record (S3).</summary>
/// <param name="At">When it was written; printed in London time.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Hash">Of the line and the one before it; hexadecimal digits.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Text, string Hash);
