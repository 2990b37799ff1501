using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors.Matching;

/// <summary>One person's identifiers compare equal however they are written down; what is only near is told apart.</summary>
public sealed class NormalFormTests
{
    [Theory]
    [InlineData("Una.Penhallow@GreyFold.test ", "una.penhallow@greyfold.test")]
    [InlineData("\tzita@bücher.example", "zita@xn--bcher-kva.example")]
    [InlineData("zita@XN--BCHER-KVA.example", "zita@xn--bcher-kva.example")]
    [InlineData("x@[192.0.2.1]", "x@[192.0.2.1]")]
    [InlineData("x@under_score.example", "x@under_score.example")]
    [InlineData("x@", "x@")]
    [InlineData("no address", "no address")]
    public void An_address_has_one_form(string written, string normal)
    {
        Assert.Equal([normal], Identifiers.None.With(Identifiers.Email, written)[Identifiers.Email]);
        Assert.True(Identifiers.None.With(Identifiers.Email, normal).Has(Identifiers.Email, written));
    }

    [Fact]
    public void A_search_asks_for_an_international_domain_in_both_forms()
    {
        var table = TestSystem.Table("any", "id", [new("login", "login")], [], ("id", FieldType.Integer), ("login", FieldType.String));
        var person = Identifiers.None.With(Identifiers.Email, "zita@bücher.example").With("login", " zita ");
        Assert.Equal(["zita@xn--bcher-kva.example", "zita@bücher.example"], person.Forms(table, Identifiers.Email));
        Assert.Equal(["zita"], person.Forms(table, "login"));
    }

    [Theory]
    [InlineData("zita@xn--bcher-kva.example", "ZITA@bücher.example", true)]
    [InlineData("zita@bucher.example", "zita@bücher.example", false)]
    public void Addresses_are_the_same_in_either_form_of_the_domain(string one, string other, bool same) =>
        Assert.Equal(same, new EmailAddress(one).Equals(new EmailAddress(other)));

    [Theory]
    [InlineData("ann.lee+privacy@b.example", "ann.lee@b.example", 1, 0)]
    [InlineData("ann.lee@b.example", "ann.lee+x@b.example", 1, 0)]
    [InlineData("ann.lee+a@b.example", "ann.lee+b@b.example", 1, 0)]
    [InlineData("ann.le@b.example", "ann.lee@b.example", 0, 1)]
    [InlineData("ann.leee@b.example", "ann.lee@b.example", 0, 1)]
    [InlineData("ann.lea@b.example", "ann.lee@b.example", 0, 1)]
    [InlineData("nan.lee@b.example", "ann.lee@b.example", 0, 1)]
    [InlineData("ann.lee@c.example", "ann.lee@b.example", 0, 1)]
    [InlineData("ann.lee@b.example", "ann.lee@b.example", 0, 0)]
    [InlineData("an.le@b.example", "ann.lee@b.example", 0, 0)]
    [InlineData("+x@b.example", "+y@b.example", 0, 1)]
    public void What_is_near_is_told_from_what_is_the_same_and_what_is_not(string address, string theirs, long tag, long letter) =>
        Assert.Equal(new NearMisses(tag, letter), NearMisses.Of(address, theirs));
}
