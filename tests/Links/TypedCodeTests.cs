using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Tests.Links;

/// <summary>The right code is taken as people write it.</summary>
public sealed class TypedCodeTests
{
    [Theory]
    [InlineData("123456")]
    [InlineData(" 123 456 ")]
    [InlineData("123-456")]
    [InlineData("123–456")]
    [InlineData("123\u2011456")]
    [InlineData("123\u00a0456")]
    [InlineData("123\u202f456")]
    [InlineData("12\u200b34\ufeff56")]
    [InlineData("123.456")]
    [InlineData("\t123456\r\n")]
    [InlineData("“123456”")]
    [InlineData("\u202a123456\u202c")]
    [InlineData("１２３４５６")]
    [InlineData("１２３　４５６")]
    [InlineData("١٢٣٤٥٦")]
    [InlineData("१२३४५६")]
    public void ACodeInAnyHand_IsItsSixDigits(string typed) => Assert.Equal("123456", TypedCode.Plain(typed));

    [Theory]
    [InlineData("12345O")]
    [InlineData("a123456")]
    [InlineData("123456!")]
    [InlineData("¹23456")]
    public void WhatIsNoDigit_Stays(string typed) => Assert.NotEqual("123456", TypedCode.Plain(typed));
}
