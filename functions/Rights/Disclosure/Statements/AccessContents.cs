using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

/// <summary>What Article 15 gives (R4): every record and every field, with R12's statement.</summary>
public sealed class AccessContents(ContactDetails contacts) : IPackageContents
{
    public Right Right => Right.Access;

    public string Title => "Your personal data";

    public string Explanation =>
        "This is a copy of the personal data that we hold about you in our systems, complete, "
        + "with what the law wants us to tell you about it.";

    public string Answer(string records) => records.Length > 0
        ? $"Yes, we hold personal data about you: {records}."
        : "We searched our systems and found no personal data about you.";

    public IReadOnlyList<TableField> FieldsOf(SystemTable table) => table.Fields;

    public IReadOnlyList<StatementPoint> StatementFor(IReadOnlyList<HeldTable> tables) => new AccessStatement(tables, contacts).Points();
}
