using LocalMachine;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Machine;

public sealed class ClockRestartTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenAClockThatWasMoved_WhenAnotherTakesOver_ThenItGoesOnFromThere(bool stands)
    {
        var state = new HostState(azurite.ConnectionString, "T" + Guid.NewGuid().ToString("N"));
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
    public async Task GivenATimeThatWasSeen_WhenTheHostDies_ThenItIsNeverTakenBack()
    {
        var state = new HostState(azurite.ConnectionString, "T" + Guid.NewGuid().ToString("N"));
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
