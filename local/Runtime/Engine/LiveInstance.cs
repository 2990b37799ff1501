using System.Collections.Concurrent;
using LocalFunctions.Replay;
using LocalFunctions.Storage;

namespace LocalFunctions.Engine;

/// <summary>An orchestration that has not ended, in memory. Whoever changes it, other than by a message, holds its gate.</summary>
internal sealed class LiveInstance(InstanceRecord record)
{
    // Messages that were kept once are kept once: an orchestration that is told twice after a crash takes the first.
    private readonly ConcurrentDictionary<string, bool> known = new(record.Origins.Select(origin => KeyValuePair.Create("event " + origin, true)));
    private volatile InstanceRecord record = record;
    private int wakes;

    public string Id { get; } = record.Id;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public ConcurrentQueue<Message> Inbox { get; } = new();

    /// <summary>Of the present generation.</summary>
    public List<HistoryEvent> History { get; private set; } = [];

    public int Turns { get; private set; }

    public InstanceRecord Record
    {
        get => record;
        set => record = value;
    }

    /// <summary>It has ended, or its id was given to another: nothing happens to it any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether the present generation has had a turn; until then it needs one, also without a message.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>True once until <see cref="Awake"/>: one wake is enough for many messages.</summary>
    public bool TryWake() => Interlocked.Exchange(ref wakes, 1) == 0;

    public void Awake() => Interlocked.Exchange(ref wakes, 0);

    /// <summary>Whether this message has not come before.</summary>
    public bool IsNew(Message message) => KeyOf(message.Event, message.Generation) is not { } key || known.TryAdd(key, true);

    public void Append(IReadOnlyList<HistoryEvent> turn)
    {
        History.AddRange(turn);
        Turns++;
        HasBegun |= turn.Any(entry => entry.Kind == EventKind.TurnStarted);
        foreach (var entry in turn)
        {
            if (KeyOf(entry, record.Generation) is { } key)
                known.TryAdd(key, true);
        }
    }

    /// <summary>A new generation begins, with no turn yet.</summary>
    public void BeginAnew(InstanceRecord next)
    {
        record = next;
        History = [];
        Turns = 0;
        HasBegun = false;
    }

    private static string? KeyOf(HistoryEvent entry, int? generation) => entry.Kind switch
    {
        EventKind.EventRaised when entry.Origin is not null => "event " + entry.Origin,
        EventKind.ChildCompleted or EventKind.ChildFailed => $"child {generation} {entry.Id}",
        _ => null,
    };
}
