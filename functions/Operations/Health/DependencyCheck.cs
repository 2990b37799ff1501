using Microsoft.Extensions.Diagnostics.HealthChecks;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Operations.Health;

/// <summary>Asks a dependency something small. What it says of a failure holds no secret and nothing of a person.</summary>
/// <param name="ask">Comes back where all is well, and throws where it is not.</param>
internal sealed class DependencyCheck(Func<CancellationToken, Task> ask) : IHealthCheck
{
    /// <summary>Whatever takes longer than this to say that it is there is as good as down.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // A driver may ignore the token, and must not hold up the answer.
            await ask(cancellationToken).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, Words(failure));
        }
    }

    private static string Words(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException => $"It did not answer within {Patience.TotalSeconds} seconds.",
        CollectionException collecting => collecting.Message,
        _ => Failures.Describe(failure),
    };
}
