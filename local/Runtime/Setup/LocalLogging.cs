using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Setup;

/// <summary>One line an entry on the terminal: the app's own from Information, the libraries' from Warning, or as <c>host.json</c> says.</summary>
internal static class LocalLogging
{
    private static readonly string[] Libraries = ["Azure", "Microsoft", "Polly", "System"];

    public static void Configure(ILoggingBuilder logging, IConfiguration settings, HostPlan plan)
    {
        // A command has the terminal to itself, but for what goes wrong.
        logging.SetMinimumLevel(plan.Command is null ? LogLevel.Information : LogLevel.Warning);
        foreach (var library in Libraries)
            logging.AddFilter(library, LogLevel.Warning);
        // A start that failed is told once, by who started it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (plan.Command is null)
            logging.AddFilter("LocalFunctions", LogLevel.Information).AddConfiguration(settings.GetSection("AzureFunctionsJobHost:logging"));
        logging.AddConfiguration(settings.GetSection("Logging"));
        if (!plan.Embedded)
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
    }
}
