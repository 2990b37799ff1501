using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Settings;

/// <summary>Settings that remember which of them were asked for.</summary>
internal sealed class RecordedConfiguration(IConfiguration inner) : IConfiguration
{
    /// <summary>As an environment variable has them.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public string? this[string key]
    {
        get
        {
            Asked.Add(key.Replace(":", "__", StringComparison.Ordinal));
            return inner[key];
        }
        set => inner[key] = value;
    }

    public IConfigurationSection GetSection(string key) => inner.GetSection(key);

    public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

    public IChangeToken GetReloadToken() => inner.GetReloadToken();
}
