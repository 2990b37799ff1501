using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.Cases;

public sealed class CaseAnswersTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenATimeoutAndAnAnswerInTheSameMoment_OneStands_AndBothAreToldWhich()
    {
        var answers = new CaseAnswers(
            new CaseAccount(new BlobServiceClient(azurite.ConnectionString), new TableServiceClient(azurite.ConnectionString)),
            new CaseSeals(new byte[32]),
            TimeProvider.System);
        for (var number = 700_001; number <= 700_030; number++)
        {
            var id = new CaseId(3998, number);
            var yes = answers.TryAnswerAsync(id, Question.Identity, new Answer("yes", "", "", "link"), Cancellation);
            var timeout = answers.TimeOutAsync(id, Question.Identity, Cancellation);
            await Task.WhenAll(yes, timeout);
            Assert.Equal(await yes ? "yes" : Answer.TimedOut, (await timeout).Choice);
            Assert.Equal((await timeout).Choice, (await answers.FindAsync(id, Question.Identity, Cancellation))!.Choice);
            Assert.Equal(await timeout, await answers.TimeOutAsync(id, Question.Identity, Cancellation));
        }
    }
}
