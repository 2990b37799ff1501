using LocalFunctions;
using LocalFunctions.Hosting;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Timers;

public sealed class TimerMistakeTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(typeof(NoSchedule), "NoSchedule.Run", "0 0 25 * * *")]
    [InlineData(typeof(NoSetting), "NoSetting.Run", "Not:There")]
    [InlineData(typeof(NoTime), "NoTime.Run", "longer than zero")]
    [InlineData(typeof(NotTimerInfo), "NotTimerInfo.Run", "TimerInfo")]
    public async Task What_cannot_run_is_said_at_the_start_by_class_and_method(Type functions, string method, string reason)
    {
        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => StartAsync(functions));

        Assert.Contains(method, fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private Task<HostUnderTest> StartAsync(Type functions) => HostUnderTest.StartAsync(azurite, functions);

    private static class NoSchedule
    {
        [Function(nameof(NoSchedule))]
        public static void Run([TimerTrigger("0 0 25 * * *")] TimerInfo timer) => GC.KeepAlive(timer);
    }

    private static class NoSetting
    {
        [Function(nameof(NoSetting))]
        public static void Run([TimerTrigger("%Not:There%")] TimerInfo timer) => GC.KeepAlive(timer);
    }

    private static class NoTime
    {
        [Function(nameof(NoTime))]
        public static void Run([TimerTrigger("00:00:00")] TimerInfo timer) => GC.KeepAlive(timer);
    }

    private static class NotTimerInfo
    {
        [Function(nameof(NotTimerInfo))]
        public static void Run([TimerTrigger("0 * * * * *")] string timer) => GC.KeepAlive(timer);
    }
}
