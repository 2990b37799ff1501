using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>
/// Settings as options: each concern has a class of its own beside what uses it, read on first use and checked before the app starts.
/// </summary>
internal static class SettingsServices
{
    /// <summary>
    /// Adds options that are never half right: <paramref name="read"/> makes them of the settings, or notes what is wrong. They can be
    /// asked for as <see cref="IOptions{TOptions}"/> and as they are; the host reads them all when it starts.
    /// </summary>
    public static IServiceCollection AddSettings<T>(
        this IServiceCollection services, IConfiguration configuration, Func<SettingsReader, T> read)
        where T : class
    {
        services.AddSingleton<IOptionsFactory<T>>(new SettingsFactory<T>(configuration, read));
        services.AddOptions<T>().ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }

    /// <summary>To be added after all settings: what is wrong with any of them is said at once, in one line.</summary>
    public static IServiceCollection AddSettingsCheck(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings(configuration, SettingNames.From);
        var official = services.Last(service => service.ServiceType == typeof(IStartupValidator)).ImplementationType!;
        return services.Replace(ServiceDescriptor.Transient<IStartupValidator>(provider =>
            new SettingsCheck((IStartupValidator)ActivatorUtilities.CreateInstance(provider, official))));
    }

    /// <summary>One reading for whoever asks, so that what the settings open is opened once.</summary>
    private sealed class SettingsFactory<T>(IConfiguration configuration, Func<SettingsReader, T> read) : IOptionsFactory<T>
        where T : class
    {
        private readonly Lazy<T> settings = new(() => SettingsReader.Read(configuration, read));

        public T Create(string name) => settings.Value;
    }

    private sealed class SettingsCheck(IStartupValidator official) : IStartupValidator
    {
        public void Validate()
        {
            try
            {
                official.Validate();
            }
            catch (AggregateException several) when (several.InnerExceptions.All(one => one is SettingsException))
            {
                // Two concerns may read one setting; it is wrong once.
                throw new SettingsException(
                    [.. several.InnerExceptions.Cast<SettingsException>().SelectMany(one => one.Problems).Distinct()]);
            }
        }
    }
}

/// <summary>No setting, only a check: a name that is none would otherwise pass for a default.</summary>
internal sealed class SettingNames
{
    public static SettingNames From(SettingsReader settings)
    {
        settings.RefuseUnknown();
        return new SettingNames();
    }
}
