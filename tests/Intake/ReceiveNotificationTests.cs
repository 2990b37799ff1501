using System.Text;
using Microsoft.AspNetCore.Http;
using Spectrum.PrivacyFlows.Intake.Receiving;

namespace Spectrum.PrivacyFlows.Tests.Intake;

public sealed class ReceiveNotificationTests
{
    private const string Secret = "a-secret-of-tests-0123456789-0123456789";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"value\":7}")]
    [InlineData("{\"value\":[null]}")]
    [InlineData("{\"value\":[{\"clientState\":{}}]}")]
    [InlineData("<xml/>")]
    public async Task GivenABodyThatGraphDoesNotPost_ItIsNotRead(string body) => Assert.Null(await ReadAsync(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task GivenABodyOverOneMegabyte_ItIsNotRead() =>
        Assert.Null(await ReadAsync(Encoding.UTF8.GetBytes($"{{\"value\":[],\"padding\":\"{new string('x', 1 << 20)}\"}}")));

    [Fact]
    public async Task GivenNotifications_EachIsCheckedForOurSecret()
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes(
            $"{{\"value\":[{{\"clientState\":\"{Secret}\",\"changeType\":\"created\"}},{{\"clientState\":\"{Secret}x\"}},"
            + $"{{\"lifecycleEvent\":\"missed\"}}]}}"));
        Assert.Equal([true, false, false], read!.Select(notification => notification.IsSignedWith(Secret)));
        Assert.Equal("missed", read![2].LifecycleEvent);
    }

    private static Task<IReadOnlyList<Notification>?> ReadAsync(byte[] body)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(body);
        return NotificationBody.ReadAsync(context.Request, TestContext.Current.CancellationToken);
    }
}
