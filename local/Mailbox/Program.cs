using System.Globalization;
using System.Runtime.InteropServices;
using LocalMachine;
using LocalMailbox;
using Microsoft.Extensions.Configuration;

// The mailbox alone, on the real clock: dotnet run --project local/Mailbox -- --port 7072 --data .local
var options = new ConfigurationBuilder().AddCommandLine(args).Build();
var port = int.Parse(options["port"] ?? MailboxService.DefaultPort.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
var stopped = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await using var server = await MailboxServer.StartAsync(port, Path.GetFullPath(options["data"] ?? ".local"), TimeProvider.System);
    Console.WriteLine($"Mailboxes    {server.BaseAddress}");
    Console.WriteLine($"Graph        {server.GraphBaseUrl}");
    await stopped.Task;
    return 0;
}
catch (LocalSetupException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}
