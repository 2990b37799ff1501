using Microsoft.Extensions.Configuration;

namespace LocalFunctions.Hosting;

/// <summary>
/// Something that stands beside the app on one machine: the mailbox, the sample systems. The host finds the implementations in
/// the assemblies that carry <see cref="LocalServiceAttribute"/>, starts them in <see cref="Order"/> before the app and
/// stops them after it. What they add to the configuration, the app reads as settings.
/// </summary>
public interface ILocalService : IAsyncDisposable
{
    /// <summary>Lower starts first.</summary>
    int Order { get; }

    Task StartAsync(LocalMachine machine, CancellationToken cancellation);
}

/// <summary>Marks an assembly as holding a local service; the type has a parameterless constructor.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LocalServiceAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <summary>What a local service may use of the machine it runs on.</summary>
/// <param name="DataFolder">Full path of the folder that <c>--data</c> names (default <c>.local</c>): keep what you keep below it.</param>
/// <param name="Storage">The connection string of the storage that the app uses, Azurite's as a rule.</param>
/// <param name="Clock">The clock that <c>POST /local/clock</c> moves. Every date that a local service gives comes from it.</param>
/// <param name="Configuration">Settings and command-line options (<c>--mailbox-port 7072</c> is <c>mailbox-port</c>); a service may add settings for the app.</param>
/// <param name="Announce">Prints a line for the person at the terminal: what started, and the address to open.</param>
public sealed record LocalMachine(string DataFolder, string Storage, TimeProvider Clock, IConfigurationManager Configuration, Action<string> Announce);
