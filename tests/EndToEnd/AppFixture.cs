using System.Diagnostics;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalDemo;
using LocalMachine.Azurite;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.Mail;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>
/// The running app and its people, for tests that live through whole cases. Tests of one class take turns, as they move one clock.
/// </summary>
public class AppFixture : IAsyncLifetime
{
    public const string Mailbox = "dataprivacy@spectrum.tech";
    public const string Officer = "privacy.officer@spectrum.tech";
    public const string Escalation = "managing.director@spectrum.tech";

    private AzuriteServer? azurite;
    private RunningApp? app;

    public RunningApp App => app!;

    public CaseAccount CaseAccount => new(new BlobServiceClient(Storage), new TableServiceClient(Storage));

    /// <summary>Seals as the running app does.</summary>
    public static CaseSeals Seals => new(SigningKey());

    public CaseStore Cases => new(CaseAccount, Seals);

    /// <summary>Signs as the running app does, with the key of the local settings.</summary>
    public CaseLinks Links =>
        new(
            CaseAccount,
            new EvidenceLog(CaseAccount, TimeProvider.System),
            new LinkSettings(App.Http.BaseAddress!, SigningKey()),
            TimeProvider.System);

    public string Storage => azurite!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-e2e-azurite-").FullName, Console.Error.WriteLine, inMemory: true);
        app = Make(azurite.ConnectionString);
        await app.StartAsync(CancellationToken.None);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        if (azurite is not null)
            await azurite.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The app, before it starts.</summary>
    protected virtual RunningApp Make(string storage) => new AppInProcess(storage);

    /// <summary>What is left of a case's bundle and staged data.</summary>
    public async Task<IReadOnlyList<string>> BundleBlobsAsync(string caseId, CancellationToken cancellation)
    {
        var container = new BlobContainerClient(Storage, CaseId.Parse(caseId).BundleContainer);
        if (!await container.ExistsAsync(cancellation))
            return [];
        return await container.GetBlobsAsync(cancellationToken: cancellation).Select(blob => blob.Name).ToListAsync(cancellation);
    }

    public async Task<string> StateAsync(string caseId, CancellationToken cancellation) =>
        (await Cases.GetAsync(CaseId.Parse(caseId), cancellation)).State.ToString();

    /// <summary>The sentences of a case's record.</summary>
    public async Task<IReadOnlyList<string>> RecordAsync(string caseId, CancellationToken cancellation) =>
        await new EvidenceLog(CaseAccount, TimeProvider.System).ReadAsync(CaseId.Parse(caseId), cancellation)
            .Select(line => line.Text)
            .ToListAsync(cancellation);

    /// <summary>Waits until the case is closed, and looks how.</summary>
    public async Task ClosesAsync(string caseId, string outcome, CancellationToken cancellation)
    {
        var patience = Stopwatch.StartNew();
        while (await Cases.GetAsync(CaseId.Parse(caseId), cancellation) is { State: not CaseState.Closed }
                && patience.Elapsed < TimeSpan.FromSeconds(60))
            await Task.Delay(100, cancellation);
        Assert.Equal(outcome, (await Cases.GetAsync(CaseId.Parse(caseId), cancellation)).Outcome);
    }

    public async Task<int> CasesOfAsync(string address, CancellationToken cancellation) =>
        await Cases.OpenAsync(cancellation).CountAsync(found => found.From == new EmailAddress(address), cancellation);

    public MailUser Mail(string address) => new(App.Graph, address);

    public RequestJourney Journey(string address) => new(Mail(address), Mail(Officer), new WebVisitor(App.Http), Mailbox);

    private static byte[] SigningKey()
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", "local.settings.sample.json")));
        return Convert.FromBase64String((string)settings!["Values"]!["Links__SigningKey"]!);
    }
}
