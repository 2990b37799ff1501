using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

/// <summary>Says what a portability answer leaves out and why, and what the person may do with it.</summary>
internal sealed class PortabilityStatement(PortabilityContents contents, IReadOnlyList<HeldTable> tables)
{
    public IReadOnlyList<StatementPoint> Points() => [LeftOut(), WhatYouMayDo()];

    private StatementPoint LeftOut()
    {
        var items = tables.Where(held => held.Records > 0).Select(LeftOut).Where(item => item.Texts.Count > 0).ToList();
        return new StatementPoint(
            "left-out",
            "What is not in here",
            [
                "The right to take data with you does not cover what we worked out ourselves, nor what we hold for another reason than "
                    + "your consent or a contract with you. It is no secret: you can ask for all of it with a request for access.",
                items.Count == 0 ? "Nothing was left out of your records." : "We left out:",
            ],
            items);
    }

    private StatementItem LeftOut(HeldTable held)
    {
        var portable = contents.FieldsOf(held.Table);
        var name = $"{held.Table.Title} ({held.System.Name})";
        if (portable.Count == 0)
            return new StatementItem(name, ["The whole table."]);
        return new StatementItem(name, [.. held.Table.Fields.Except(portable).Select(field => $"{field.Title}: {Reason(field)}.")]);
    }

    private static string Reason(TableField field) => field.Origin switch
    {
        DataOrigin.Derived => "we derived it from other data",
        DataOrigin.Inferred => "we inferred it",
        _ => "we hold it neither by consent nor for a contract",
    };

    private static StatementPoint WhatYouMayDo() => new(
        "what-you-may-do",
        "What you may do with it",
        [
            "Keep it, use it, or hand the files to another organisation. The files keep to open standards, "
                + "so that other systems can read them. Your data stays with us as before: taking a copy deletes nothing.",
        ],
        []);
}
