using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

/// <summary>
/// What Article 20 gives (P1): what the person provided or we observed, on the basis of consent or contract. Every system of the data map
/// processes by automated means. A field is judged by its own basis where it has one, else by its table's.
/// </summary>
public sealed class PortabilityContents : IPackageContents
{
    public Right Right => Right.Portability;

    public string Title => "Your data to take with you";

    public string Explanation =>
        "This is the data that you gave us, or that we observed while you used our services, where we use it with your consent or for a "
        + "contract with you. You may keep it or hand it to another organisation, and we will not hinder you.";

    public string Answer(string records) => records.Length > 0
        ? $"Your package holds {records}."
        : "We searched our systems and found no data about you that this right covers.";

    /// <remarks>
    /// A key is judged as any other field: a number that we gave a record was neither provided nor observed unless the data map says so.
    /// Where the rule lets nothing pass but part of a key, the table stays out, since bare identifiers tell nothing.
    /// </remarks>
    public IReadOnlyList<TableField> FieldsOf(SystemTable table)
    {
        var portable = table.Fields.Where(field => IsPortable(field, table)).ToList();
        var saysSomething = portable.Any(field => !table.Key.Contains(field.Name)) || portable.Count == table.Fields.Count;
        return saysSomething ? portable : [];
    }

    public IReadOnlyList<StatementPoint> StatementFor(IReadOnlyList<HeldTable> tables) => new PortabilityStatement(this, tables).Points();

    /// <summary>P1 for one field.</summary>
    public static bool IsPortable(TableField field, SystemTable table) =>
        field.Origin is DataOrigin.Provided or DataOrigin.Observed &&
        (field.LegalBasis ?? table.LegalBasis) is LegalBasis.Consent or LegalBasis.Contract;
}
