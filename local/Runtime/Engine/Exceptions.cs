namespace LocalFunctions.Engine;

/// <summary>An orchestration of that id exists and is not replaced. On Azure this comes as DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException.</summary>
public sealed class OrchestrationAlreadyExistsException(string message) : InvalidOperationException(message);

/// <summary>The orchestration does not exist, or is in a state in which the request makes no sense. On Azure this comes as Grpc.Core.RpcException with the same text.</summary>
public sealed class OrchestrationStateException(string message) : InvalidOperationException(message);

/// <summary>An orchestrator took another path on replay than its history tells. The orchestration fails with this; the orchestrator cannot catch it.</summary>
public sealed class NonDeterministicOrchestrationException(string message) : Exception("Non-Deterministic workflow detected: " + message);
