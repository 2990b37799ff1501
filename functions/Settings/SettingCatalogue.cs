namespace Spectrum.PrivacyFlows.Settings;

/// <summary>
/// Every setting there is. The app reads no other (<see cref="SettingsReader"/> sees to it), and tests compare this list with
/// docs/settings.md, local.settings.sample.json and the template in infra/.
/// </summary>
public static class SettingCatalogue
{
    private const string Vault = "Key Vault, secret ";
    private const string Template = "the template";
    private const string Parameter = "parameter ";
    private const string NotSet = "not set";
    private const string Contacts = Parameter + "`contacts`, by its name";

    private static Setting Budget(string name, string what, string usual) =>
        new("Budgets__" + name, what, $"1 to 100,000; {usual}", Parameter + "`budgets`, by its name");

    /// <summary>In the order in which people read them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(
            "Site__BaseUrl",
            "Where people reach the pages: what letters put before their links",
            "an https address without query; http on this machine only",
            Parameter + "`siteUrl`, else the app’s own address"),
        new(
            "Mailbox__Address",
            "The mailbox that requests come to and are answered from",
            "the email address that is its user principal name",
            Parameter + "`mailboxAddress`"),
        new(
            "Mailbox__Name",
            "The name that letters come from",
            "1 to 100 characters; the controller’s name and “Data Privacy”: Spectrum Data Privacy",
            Parameter + "`mailboxName`"),
        new(
            "Mailbox__Since",
            "Leave mail alone that arrived before this moment: set it when going live on a mailbox in use",
            "ISO 8601, as 2026-12-01T00:00:00Z; empty takes all",
            Parameter + "`mailboxSince`"),
        new(
            "Mailbox__GraphBaseUrl",
            "Microsoft Graph",
            "an https address, or the local mailbox’s; https://graph.microsoft.com/v1.0",
            Template),
        new(
            "Mailbox__RequestTimeoutSeconds",
            "How long one request to Graph may take, waiting for a busy Graph included",
            "1 to 600 seconds; 100",
            Template),
        new(
            "Mailbox__ClientState",
            "What Graph repeats with every notification, so that nobody else can send one",
            "32 to 128 characters",
            Vault + "`mailbox-client-state`")
        {
            IsSecret = true,
        },
        new("Officer__Address", "Who decides on requests", "an email address, not the mailbox’s own", Parameter + "`officerAddress`"),
        new(
            "Officer__EscalationAddress", "Who hears of it as well on the due date", "an email address, not the mailbox’s own",
            Parameter + "`escalationAddress`"),
        new(
            "Controller__Name",
            "The controller as people call it, in letters, pages and bundles",
            "one line of 1 to 80 characters; Spectrum",
            Contacts),
        new("Controller__LegalName", "Its name in the register of companies", "one line of 1 to 100 characters; IT@Spectrum Ltd", Contacts),
        new("Controller__ContactTitle", "Whom people write to there", "one line of 1 to 100 characters; Data Control Officer", Contacts),
        new(
            "Controller__PostalAddress",
            "Where, by post",
            "one line of 1 to 200 characters; The View, Bridgehead Business Park, Hull, HU13 0GD",
            Contacts),
        new("Controller__Email", "Where, by email", "an email address; the mailbox’s own", Contacts),
        new(
            "Regulator__Name",
            "Who takes complaints, as stands after “the”",
            "one line of 1 to 100 characters; Information Commission",
            Contacts),
        new("Regulator__ShortName", "What people call it, as stands after “the”", "one line of 1 to 100 characters; ICO", Contacts),
        new("Regulator__Site", "Its site", "an https address of at most 200 characters; https://ico.org.uk", Contacts),
        new(
            "Regulator__ComplaintUrl",
            "Where to complain there",
            "an https address of at most 200 characters; https://ico.org.uk/make-a-complaint",
            Contacts),
        new("Regulator__Telephone", "Its telephone", "one line of 1 to 30 characters; 0303 123 1113", Contacts),
        new("Links__SigningKey", "Signs the links in letters", "base64 of 32 bytes or more", Vault + "`links-key-N`") { IsSecret = true },
        new(
            "Links__PreviousSigningKey",
            "The key before, believed while its links live",
            "base64 of 32 bytes or more; empty where there was none",
            Vault + "`links-key-(N−1)`")
        {
            IsSecret = true,
        },
        Budget(
            "CasesPerSender", "Cases that one address may open in a London day; what comes past any of these is held for the officer", "5"),
        Budget("CasesPerDomain", "The same of one domain", "50"),
        Budget("CasesPerDay", "The same of all; an alarm goes out when it is reached", "200"),
        Budget("UnrecognisedPerDay", "How many of them may be ones that no rule understands", "50"),
        Budget("LettersPerSender", "Letters to one address in a day, after which its mail opens no further case", "30"),
        Budget("LettersPerDomain", "The same of one domain", "300"),
        Budget("LettersPerDay", "The same of all, officers included", "2000"),
        Budget("MailsPerSender", "Messages of one address in a day that are filed with its cases", "50"),
        new("Delivery__LinkDays", "How long a download link works", "1 to 30 days; 7", Parameter + "`linkDays`"),
        new("Delivery__MaxDownloads", "How often the file may be fetched from its start", "1 to 20; 5", Parameter + "`maxDownloads`"),
        new(
            "CaseStorage",
            "Storage of cases and evidence, by a connection string",
            "for one machine; empty where the two addresses are set",
            NotSet)
        {
            IsSecret = true,
            IsSetOnAzure = false,
        },
        new("CaseStorage__blobServiceUri", "The same by its address, signed in to with the app’s identity", "an https address", Template),
        new("CaseStorage__tableServiceUri", "The address of its tables", "an https address", Template),
        new(
            "BundleStorage",
            "Storage of staged data and bundles, by a connection string",
            "for one machine; empty where the address is set",
            NotSet)
        {
            IsSecret = true,
            IsSetOnAzure = false,
        },
        new(
            "BundleStorage__blobServiceUri",
            "The same by its address; not the account of the cases, since that keeps what is deleted",
            "an https address",
            Template),
        new(
            "AZURE_CLIENT_ID",
            "The identity with which the app signs in to Storage, Graph and Azure Monitor",
            "the client id of a user-assigned managed identity; empty: whoever is signed in",
            Template),
        new(
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "Where traces, metrics and logs go; host and app both read it",
            "a connection string without a secret; empty: nowhere",
            Template),
        new(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "Where they go by OTLP; the standard’s other OTEL_EXPORTER_OTLP_ settings work too",
            "an http or https address; empty: nowhere",
            NotSet)
        {
            IsSetOnAzure = false,
        },
        new("Telemetry__Console", "Whether they go to the console", "true or false; false", Template + ", false"),
        new(
            "AzureWebJobsStorage",
            "Storage of the host and the orchestrations, by a connection string",
            "for one machine; empty: Azurite is started",
            NotSet)
        {
            IsSecret = true,
            IsTheHosts = true,
            IsSetOnAzure = false,
        },
        new("AzureWebJobsStorage__accountName", "The same by its name", "an account’s name", Template) { IsTheHosts = true },
        new("AzureWebJobsStorage__credential", "How the host signs in to it", "managedidentity", Template) { IsTheHosts = true },
        new("AzureWebJobsStorage__clientId", "With which identity", "a client id", Template) { IsTheHosts = true },
        new(
            "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
            "The Durable Task Scheduler, where it keeps the orchestrations",
            "a connection string without a secret",
            Template + ", with `durableBackend` = scheduler")
        {
            IsTheHosts = true,
        },
        new(
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
            "How the host signs in to Application Insights",
            "ClientId=…;Authorization=AAD",
            Template)
        {
            IsTheHosts = true,
        },
        new(
            "FUNCTIONS_WORKER_RUNTIME",
            "What kind of app it is, for Core Tools; Flex Consumption is told otherwise and refuses it",
            "dotnet-isolated",
            NotSet)
        {
            IsTheHosts = true,
            IsSetOnAzure = false,
        },
    ];

    /// <summary>
    /// What every setting of the data map’s systems begins with; the data map names them, and a connector may read more below each.
    /// </summary>
    public const string Systems = "Systems__";

    /// <summary>Sections that are all ours, so that a name in them that is not listed is a slip of the pen.</summary>
    internal static IReadOnlyList<string> OwnSections { get; } =
    [
        "Site", "Mailbox", "Officer", "Controller", "Regulator", "Links", "Delivery", "CaseStorage", "BundleStorage", "Telemetry",
    ];
}
