using LocalHost.Http;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Http;

/// <summary>How far the clock may be told to move.</summary>
public sealed class IsoDurationTests
{
    [Theory]
    [InlineData("P8D", 8 * 24 * 60)]
    [InlineData("PT36H", 36 * 60)]
    [InlineData("PT15M", 15)]
    [InlineData("P2W", 14 * 24 * 60)]
    [InlineData("P1DT2H3M", (26 * 60) + 3)]
    [InlineData("PT90S", 1.5)]
    [InlineData("P0D", 0)]
    public void GivenADurationOfAFixedLength_WhenRead_ThenItIsUnderstood(string text, double minutes)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration, out var reason), reason);
        Assert.Equal(TimeSpan.FromMinutes(minutes), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("P1H")]
    [InlineData("8D")]
    [InlineData("-P1D")]
    [InlineData("P-1D")]
    [InlineData(" P1D")]
    [InlineData("P1D\n")]
    [InlineData("P4000D")]
    [InlineData("P999999999W")]
    public void GivenAnyOther_WhenRead_ThenItIsRefusedWithAReason(string text)
    {
        Assert.False(IsoDuration.TryParse(text, out _, out var reason));
        Assert.NotEqual("", reason);
    }
}
