using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Identities;
using Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Composition of the rights that are answered with data: access and portability.</summary>
public static class DisclosureServices
{
    /// <summary>Adds the search for a person's data and what goes into their bundle; connectors and bundles must be there.</summary>
    public static IServiceCollection AddDisclosure(this IServiceCollection services) => services
        .AddSingleton<PersonFinder>()
        .AddSingleton<Collector>()
        .AddSingleton<RoundStore>()
        .AddSingleton<DecisionLinks>()
        .AddSingleton<IPackageContents, AccessContents>()
        .AddSingleton<IPackageContents, PortabilityContents>();
}
