using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

/// <summary>R12: the ten points that Article 15(1) and (2) wants told, for the tables in which the person has records.</summary>
internal sealed class AccessStatement(IReadOnlyList<HeldTable> all, ContactDetails contacts)
{
    private const string NothingHeld = "We found no data about you in our systems, so there is nothing to say here.";

    private readonly IReadOnlyList<HeldTable> held = [.. all.Where(table => table.Records > 0)];

    public IReadOnlyList<StatementPoint> Points() =>
    [
        Point("purposes", "What we use your data for", "", held => [.. held.Purposes, $"Legal basis: {Basis(held.LegalBasis)}."]),
        Point("categories", "What kinds of data we hold", "", held => held.Categories),
        Point("recipients", "Who we share it with", "", held =>
            held.Recipients.Count > 0 ? held.Recipients : ["Nobody outside our company."]),
        Point(
            "retention",
            "How long we keep it",
            "We keep the record of this request for three years after it is closed, six if it is disputed. "
                + "The copy that you downloaded is deleted when its link ends.",
            held => [held.Retention]),
        new(
            "other-rights",
            "Your other rights",
            ["You can ask us for each of these at any time, free of charge, at the address below."],
            OtherRights()),
        ComplainToUs(),
        ComplainToTheCommission(),
        Point("sources", "Where we got it", "", held => held.Sources),
        AutomatedDecisions(),
        Transfers(),
    ];

    private StatementPoint Point(string id, string title, string general, Func<SystemTable, IReadOnlyList<string>> textsOf)
    {
        var said = held.Count == 0 ? NothingHeld : general;
        return new(
            id, title, said.Length == 0 ? [] : [said], [.. held.Select(table => new StatementItem(NameOf(table), textsOf(table.Table)))]);
    }

    private StatementPoint AutomatedDecisions()
    {
        const string Objection = "You may object to such a decision, give your view, have a person look at it again, and contest it.";
        var deciding = held.Where(table => table.Table.AutomatedDecisions.Length > 0).ToList();
        return new("automated-decisions", "Decisions made by machine",
            [deciding.Count == 0 ? "We make no decisions about you by machine alone with this data." : Objection],
            [.. deciding.Select(table => new StatementItem(NameOf(table), [table.Table.AutomatedDecisions]))]);
    }

    private StatementPoint Transfers()
    {
        var sent = held.Where(table => table.Table.Transfers.Length > 0).ToList();
        return new("transfers", "Whether it leaves the United Kingdom",
            [sent.Count == 0 ? "This data stays in the United Kingdom." : "Data not named here stays in the United Kingdom."],
            [.. sent.Select(table => new StatementItem(NameOf(table), [table.Table.Transfers]))]);
    }

    private static IReadOnlyList<StatementItem> OtherRights() =>
    [
        new("Correction", ["Have wrong data corrected and incomplete data completed."]),
        new("Erasure", ["Have data deleted, unless we must keep it for legal reasons."]),
        new("Restriction", ["Have us only store data while a question about it is settled."]),
        new("Objection", ["Object to our use of data; to direct marketing always and without giving reasons."]),
        new("Portability", ["Take the data that you gave us with you, or hand it to another organisation."]),
        new("Decisions by machine", ["Have a person look at a decision that a machine made about you."]),
    ];

    private StatementPoint ComplainToUs() => new(
        "complain-to-us", "How to complain to us",
        [$"Write to {contacts.Controller.Email}, or to {contacts.Controller.LegalName}, {contacts.Controller.PostalContact}. " +
            "We tell you within 30 days that we have your complaint, " +
            "look into it and tell you the outcome (Data Protection Act 2018, section 164A)."], []);

    private StatementPoint ComplainToTheCommission() => new(
        "complain-to-the-commission", $"How to complain to the {contacts.Regulator.Name}",
        [$"You can complain to the {contacts.Regulator.Name} (the {contacts.Regulator.ShortName}), which looks after data rights " +
            $"in the United Kingdom, at any time: {contacts.Regulator.ComplaintUrl}, " +
            $"telephone {contacts.Regulator.Telephone} (Data Protection Act 2018, section 165). You can also go to court."], []);

    private static string NameOf(HeldTable table) => $"{table.Table.Title} ({table.System.Name})";

    private static string Basis(LegalBasis basis) => basis switch
    {
        LegalBasis.Consent => "your consent (Article 6(1)(a) of the UK GDPR)",
        LegalBasis.Contract => "a contract with you (Article 6(1)(b))",
        LegalBasis.LegalObligation => "a legal duty (Article 6(1)(c))",
        LegalBasis.VitalInterests => "vital interests (Article 6(1)(d))",
        LegalBasis.PublicTask => "a public task (Article 6(1)(e))",
        _ => "legitimate interests (Article 6(1)(f))",
    };
}
