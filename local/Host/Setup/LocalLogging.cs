using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalHost.Setup;

/// <summary>
/// One line an entry on the terminal: the app's own from Information, the libraries' from Warning, or as <c>host.json</c> says.
/// </summary>
internal static class LocalLogging
{
    private static readonly string[] Libraries = ["Azure", "DurableTask", "Grpc", "Microsoft", "Polly", "System", "Yarp"];

    public static void Configure(ILoggingBuilder logging, IConfiguration settings, HostPlan plan)
    {
        // A command has the terminal to itself, but for what goes wrong.
        logging.SetMinimumLevel(plan.Command is null ? LogLevel.Information : LogLevel.Warning);
        foreach (var library in Libraries)
            logging.AddFilter(library, LogLevel.Warning);
        // What a client asked in vain is told to the client; the worker is told its address; a start that failed is told once.
        logging.AddFilter("Microsoft.DurableTask.Sidecar", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (plan.Command is null)
            logging.AddFilter("LocalHost", LogLevel.Information).AddConfiguration(settings.GetSection("AzureFunctionsJobHost:logging"));
        logging.AddConfiguration(settings.GetSection("Logging"));
        if (plan.Log is { } log)
            logging.AddProvider(log);
        if (!plan.IsEmbedded)
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
    }
}
