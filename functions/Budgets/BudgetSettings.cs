using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Budgets;

/// <summary>
/// How much mail makes cases and letters in one London day. An honest day stays far below; whoever floods the mailbox meets them, and
/// what comes past them is held for the officer. Each is a whole number of 1 to 100,000; settings <c>Budgets__…</c>.
/// </summary>
public sealed record BudgetSettings
{
    private const int Most = 100_000;

    /// <summary>Cases that one address may open.</summary>
    public int CasesPerSender { get; init; } = 5;

    /// <summary>Cases that the addresses of one domain may open; a domain may be a provider's with millions of people.</summary>
    public int CasesPerDomain { get; init; } = 50;

    /// <summary>Cases that may be opened at all.</summary>
    public int CasesPerDay { get; init; } = 200;

    /// <summary>Cases among these that no rule understands: each brings the officer a letter, and reminders.</summary>
    public int UnrecognisedPerDay { get; init; } = 50;

    /// <summary>Letters to one address, after which its mail opens no further case.</summary>
    public int LettersPerSender { get; init; } = 30;

    /// <summary>Letters to one domain, after which its mail opens no further case.</summary>
    public int LettersPerDomain { get; init; } = 300;

    /// <summary>Letters at all, to officers too, after which mail opens no further case. Exchange sends 10,000 a day at most.</summary>
    public int LettersPerDay { get; init; } = 2_000;

    /// <summary>Messages of one address that are filed with its cases.</summary>
    public int MailsPerSender { get; init; } = 50;

    internal static BudgetSettings From(SettingsReader settings)
    {
        var usual = new BudgetSettings();
        return new BudgetSettings
        {
            CasesPerSender = settings.Number("Budgets__CasesPerSender", usual.CasesPerSender, 1, Most),
            CasesPerDomain = settings.Number("Budgets__CasesPerDomain", usual.CasesPerDomain, 1, Most),
            CasesPerDay = settings.Number("Budgets__CasesPerDay", usual.CasesPerDay, 1, Most),
            UnrecognisedPerDay = settings.Number("Budgets__UnrecognisedPerDay", usual.UnrecognisedPerDay, 1, Most),
            LettersPerSender = settings.Number("Budgets__LettersPerSender", usual.LettersPerSender, 1, Most),
            LettersPerDomain = settings.Number("Budgets__LettersPerDomain", usual.LettersPerDomain, 1, Most),
            LettersPerDay = settings.Number("Budgets__LettersPerDay", usual.LettersPerDay, 1, Most),
            MailsPerSender = settings.Number("Budgets__MailsPerSender", usual.MailsPerSender, 1, Most),
        };
    }
}
