using Microsoft.Extensions.Configuration;

namespace LocalMachine;

/// <summary>
/// Something that stands beside the app on one machine: the mailbox, the sample systems. It is started before the app and stopped
/// after it. What it adds to the configuration, the app reads as settings.
/// </summary>
public interface ILocalService : IAsyncDisposable
{
    Task StartAsync(Surroundings machine, CancellationToken cancellation);
}

/// <summary>What a local service may use of the machine it runs on.</summary>
/// <param name="DataFolder">Full path of the folder that <c>--data</c> names (default <c>.local</c>): keep what you keep below it.</param>
/// <param name="Storage">The connection string of the storage that the app uses, Azurite's as a rule.</param>
/// <param name="Clock">The clock that <c>POST /local/clock</c> moves. Every date that a local service gives comes from it.</param>
/// <param name="Configuration">
/// Settings and command-line options (<c>--mailbox-port 7072</c> is <c>mailbox-port</c>); a service may add settings for the app.
/// </param>
/// <param name="Announce">Prints a line for the person at the terminal: what started, and the address to open.</param>
public sealed record Surroundings(
    string DataFolder, string Storage, TimeProvider Clock, IConfigurationManager Configuration, Action<string> Announce);
