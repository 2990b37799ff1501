using Spectrum.PrivacyFlows.Intake.Messages;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>
/// Messages in an order in which nobody waits behind somebody else's five hundred: everybody's first one before anybody's second, then
/// every domain's first one before any domain's second, then the oldest first. One that comes later takes its place among them.
/// </summary>
internal sealed class FairQueue
{
    private readonly PriorityQueue<IntakeEntry, (int OfSender, int OfDomain, DateTimeOffset ReceivedAt)> waiting = new();
    private readonly Dictionary<string, int> places = [];

    public void Add(IntakeEntry entry) =>
        waiting.Enqueue(entry, (Place("sender " + entry.Sender), Place("domain " + entry.Domain), entry.ReceivedAt));

    /// <returns>Null where nobody waits.</returns>
    public IntakeEntry? TakeNext() => waiting.TryDequeue(out var next, out _) ? next : null;

    private int Place(string whose)
    {
        places.TryGetValue(whose, out var place);
        places[whose] = place + 1;
        return place;
    }
}
