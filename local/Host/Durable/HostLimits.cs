namespace LocalHost.Durable;

/// <summary>What <c>host.json</c> allows at once.</summary>
internal sealed record HostLimits(int Orchestrators, int Activities);
