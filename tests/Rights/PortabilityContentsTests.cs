using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Rights.Disclosure.Statements;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Rights;

public sealed class PortabilityContentsTests
{
    private static readonly DataOrigin[] PortableOrigins = [DataOrigin.Provided, DataOrigin.Observed];
    private static readonly LegalBasis[] PortableBases = [LegalBasis.Consent, LegalBasis.Contract];

    private readonly PortabilityContents contents = new();

    public static TheoryData<DataOrigin, LegalBasis, LegalBasis?> EveryCombination()
    {
        var data = new TheoryData<DataOrigin, LegalBasis, LegalBasis?>();
        foreach (var origin in Enum.GetValues<DataOrigin>())
        {
            foreach (var ofTable in Enum.GetValues<LegalBasis>())
            {
                data.Add(origin, ofTable, null);
                foreach (var ofField in Enum.GetValues<LegalBasis>())
                    data.Add(origin, ofTable, ofField);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void P1_A_field_goes_in_where_origin_and_effective_basis_allow(DataOrigin origin, LegalBasis ofTable, LegalBasis? ofField)
    {
        var field = ExampleSystems.Field("value", FieldType.String, origin, ofField);
        var table = ExampleSystems.Table(
            "things", "Things", ofTable, ["id"], ExampleSystems.Field("id", FieldType.Integer, DataOrigin.Derived), field);

        var expected = PortableOrigins.Contains(origin) && PortableBases.Contains(ofField ?? ofTable);

        Assert.Equal(expected ? [field] : [], contents.FieldsOf(table));
    }

    [Fact]
    public void P1_The_basis_of_a_field_beats_that_of_its_table()
    {
        var consented = ExampleSystems.Field("a", FieldType.String, DataOrigin.Provided, LegalBasis.Consent);
        var other = ExampleSystems.Field("b", FieldType.String, DataOrigin.Provided);
        Assert.Equal(
            [consented],
            contents.FieldsOf(ExampleSystems.Table("things", "Things", LegalBasis.LegitimateInterests, ["id"], consented, other)));
    }

    [Fact]
    public void P1_A_number_that_we_gave_stays_out_and_an_observed_key_goes_in()
    {
        Assert.DoesNotContain(contents.FieldsOf(ExampleSystems.Customers), field => field.Name == "id");
        Assert.Contains(contents.FieldsOf(ExampleSystems.Jobs), field => field.Name == "id");
    }

    [Fact]
    public void P1_A_table_with_nothing_portable_but_part_of_its_key_stays_out()
    {
        var table = ExampleSystems.Table("scores", "Scores", LegalBasis.Contract, ["email"],
            ExampleSystems.Field("email", FieldType.String, DataOrigin.Provided),
            ExampleSystems.Field("score", FieldType.Number, DataOrigin.Inferred));
        Assert.Empty(contents.FieldsOf(table));
    }

    [Fact]
    public void P1_A_table_that_is_all_key_and_all_provided_goes_in()
    {
        var table = ExampleSystems.Table("subscriptions", "Subscriptions", LegalBasis.Consent, ["email", "list"],
            ExampleSystems.Field("email", FieldType.String, DataOrigin.Provided),
            ExampleSystems.Field("list", FieldType.String, DataOrigin.Provided));
        Assert.Equal(table.Fields, contents.FieldsOf(table));
    }
}
