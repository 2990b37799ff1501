using Azure.Core;
using Azure.Core.Pipeline;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>
/// Breaks the way to a service at a chosen request: it, and every later one, fails, as they do for a process that was killed.
/// </summary>
internal sealed class Faults
{
    private int count;

    /// <summary>The request that fails first, from 1; 0 for none.</summary>
    public int FailFrom { get; set; }

    /// <summary>Only this many fail; then the way is open again.</summary>
    public int HowMany { get; set; } = int.MaxValue;

    /// <summary>The first to fail reaches the service all the same, and only its answer is lost.</summary>
    public bool AnswerIsLost { get; set; }

    public int Count => count;

    public void Clear()
    {
        FailFrom = 0;
        HowMany = int.MaxValue;
        AnswerIsLost = false;
        count = 0;
    }

    public void Before()
    {
        var number = Interlocked.Increment(ref count);
        if (Fails(number) && !(AnswerIsLost && number == FailFrom))
            throw new HttpRequestException("A fault of the test's: the request did not go out.");
    }

    public void After()
    {
        if (AnswerIsLost && Fails(count))
            throw new HttpRequestException("A fault of the test's: the answer was lost.");
    }

    private bool Fails(int number) => FailFrom > 0 && number >= FailFrom && number - FailFrom < HowMany;
}

internal sealed class FaultyHandler(Faults faults) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        faults.Before();
        var answer = await base.SendAsync(request, cancellationToken);
        faults.After();
        return answer;
    }
}

internal sealed class FaultyPolicy(Faults faults) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The app waits for no storage.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        faults.Before();
        await ProcessNextAsync(message, pipeline);
        faults.After();
    }
}
