using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Verifying;
using Spectrum.PrivacyFlows.Operations.Watching;

namespace Spectrum.PrivacyFlows.Tests.Operations;

public sealed class VerifyRecordsTests
{
    [Fact]
    public void S3_EveryClosedCase_HasItsTurnOnceInThirtyNights_AcrossNewYearsAndLeapDays()
    {
        for (var number = 1; number <= 60; number++)
        {
            var turns = Enumerable.Range(0, 5 * 366).Select(new DateOnly(2026, 1, 1).AddDays)
                .Where(night => VerifyRecords.IsTurnOf(new CaseId(2026, number), night))
                .ToList();
            Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.Equal(30, pair.Second.DayNumber - pair.First.DayNumber));
        }
    }
}
