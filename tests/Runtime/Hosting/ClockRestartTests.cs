using LocalFunctions.Hosting;
using LocalFunctions.Setup;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

public sealed class ClockRestartTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Start = HostUnderTest.Start;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_on_the_same_storage_time_goes_on_from_where_it_was(bool stands)
    {
        var state = new HostState(azurite.ConnectionString, HostUnderTest.NewHub());
        DateTimeOffset reached;
        using (var clock = new LocalClock(stands ? Start : null))
        {
            await clock.KeepInAsync(state, Cancellation);
            reached = await clock.AdvanceAsync(TimeSpan.FromDays(8), Cancellation);
        }

        using var again = new LocalClock(stands ? Start : null);
        await again.KeepInAsync(state, Cancellation);

        Assert.True(again.GetUtcNow() >= reached);
        Assert.True(again.GetUtcNow() < reached.AddMinutes(1));
    }

    [Fact]
    public async Task A_time_that_was_seen_is_never_taken_back()
    {
        var state = new HostState(azurite.ConnectionString, HostUnderTest.NewHub());
        using var clock = new LocalClock(Start);
        await clock.KeepInAsync(state, Cancellation);
        var seen = new List<DateTimeOffset>();
        using var _ = clock.Register(new Keeper(clock, Start.AddDays(1))
        {
            OnDone = moment =>
            {
                // What a host that is killed at this very moment finds when it comes back.
                using var next = new LocalClock(Start);
                next.KeepInAsync(state, Cancellation).GetAwaiter().GetResult();
                seen.Add(next.GetUtcNow());
            },
        });

        await clock.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);

        Assert.Equal([Start.AddDays(1)], seen);
    }
}
