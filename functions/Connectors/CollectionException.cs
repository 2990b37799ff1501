namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>
/// A system could not be read. The message names the system, what failed and what to do, and holds no personal data and no secret:
/// what a driver says may quote either, so only its type and code come along, and never the exception itself.
/// </summary>
/// <param name="system">The system's key.</param>
/// <param name="failed">What failed, a sentence.</param>
/// <param name="advice">What to do about it, a sentence.</param>
/// <param name="isTransient">Trying again later may help without anybody's doing.</param>
public sealed class CollectionException(string system, string failed, string advice, bool isTransient)
    : Exception($"{system}: {failed} {advice}")
{
    public string System { get; } = system;

    public bool IsTransient { get; } = isTransient;
}
