using LocalFunctions.Replay;

namespace LocalFunctions.Storage;

/// <summary>Something that has happened to an orchestration and that its code has not seen yet.</summary>
/// <param name="Ticket">Its row in the orchestration's inbox; null where it is not kept, because it can be had again (an activity's result, a timer).</param>
/// <param name="Generation">The generation that it answers; null for an event, which any takes.</param>
internal sealed record Message(HistoryEvent Event, int? Generation, long? Ticket = null);

/// <summary>An orchestration as it is found at start.</summary>
/// <param name="Turns">Of the record's generation, in order.</param>
internal sealed record StoredInstance(InstanceRecord Record, IReadOnlyList<IReadOnlyList<HistoryEvent>> Turns, IReadOnlyList<Message> Inbox);
