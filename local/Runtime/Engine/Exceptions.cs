namespace LocalFunctions.Engine;

/// <summary>An orchestration of that id exists and is not replaced. On Azure this comes as DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException.</summary>
public sealed class OrchestrationAlreadyExistsException(string message) : InvalidOperationException(message);

/// <summary>
/// A client's request was refused: no such instance, one in the wrong state, or too large a payload. On Azure this comes as
/// Grpc.Core.RpcException with the same text.
/// </summary>
public sealed class DurableRequestException(string message) : InvalidOperationException(message);

/// <summary>An orchestrator took another path on replay than its history tells. The orchestration fails with this; the orchestrator cannot catch it.</summary>
public sealed class NonDeterministicOrchestrationException(string message) : Exception("Non-Deterministic workflow detected: " + message);
