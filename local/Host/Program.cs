using System.Runtime.InteropServices;
using LocalDemo;
using LocalHost;
using LocalHost.Setup;
using LocalHost.Worker;
using LocalMachine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Spectrum.PrivacyFlows;
using Spectrum.PrivacyFlows.DataMap.Loading;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var plan = HostPlan.Read(args);
    return plan.Command is HostPlan.Mailbox ? await RunMailboxAsync(plan) : await RunAppAsync(plan);
}
catch (LocalSetupException lacking)
{
    (lacking.ExitCode == 0 ? Console.Out : Console.Error).WriteLine(lacking.Message);
    return lacking.ExitCode;
}
catch (Exception mistake) when (mistake is OptionsValidationException or DataMapException)
{
    Console.Error.WriteLine(mistake.Message);
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.WriteLine("Stopped.");
    return 1;
}

async Task<int> RunAppAsync(HostPlan plan)
{
    var functions = new FunctionApp(typeof(Composition).Assembly, builder => builder.AddPrivacyFlows());
    await using var app = await LocalApp.StartAsync(plan, functions, cancellation: stopping.Token);
    if (plan.Command is HostPlan.Demo)
        return await DemoCommand.RunAsync(app.BaseAddress, app.Clock, app.Surroundings, stopping.Token);
    await UntilStoppedAsync(app.Lost);
    if (!app.Lost.IsCancellationRequested)
        return 0;
    Console.Error.WriteLine("Another host has taken this storage over, so this one ends.");
    return 1;
}

async Task<int> RunMailboxAsync(HostPlan plan)
{
    var settings = new ConfigurationManager();
    LocalSettings.Load(settings, plan, AppContext.BaseDirectory);
    var announcements = new Announcements(silent: false);
    await using var foundations = await Foundations.LayAsync(plan, settings, announcements, new Uri("http://localhost/"));
    announcements.Say("For local.settings.json:");
    foreach (var name in (string[])[
        "AzureWebJobsStorage", "CaseStorage", "BundleStorage", "Mailbox:GraphBaseUrl", "Systems:Crm", "Systems:PrintJobs",
        "Systems:WebAccess",
    ])
        announcements.Say($"""  "{name.Replace(":", "__", StringComparison.Ordinal)}": "{settings[name]}",""");
    await UntilStoppedAsync(CancellationToken.None);
    return 0;
}

async Task UntilStoppedAsync(CancellationToken lost)
{
    using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, lost);
    await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
