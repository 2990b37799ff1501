using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>Composition of staging and bundles. What goes into one is added by the rights that are answered with data.</summary>
public static class BundleServices
{
    /// <summary>
    /// Adds <see cref="Staging"/>, <see cref="BundleBuilder"/> and <see cref="BundleStore"/>;
    /// <see cref="Cases.BundleAccount"/> must be there.
    /// </summary>
    public static IServiceCollection AddBundles(this IServiceCollection services) => services
        .AddSingleton<Staging>()
        .AddSingleton<BundleStore>()
        .AddSingleton<BundleBuilder>();
}
