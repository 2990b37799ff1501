namespace LocalMailbox.Faults;

/// <summary>The faults still to come. Kept in memory: a restart heals the mailbox.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> faults = [];
    private readonly Lock access = new();

    public IReadOnlyList<Fault> All()
    {
        lock (access)
            return [.. faults];
    }

    public void Add(Fault fault)
    {
        lock (access)
            faults.Add(fault);
    }

    public void Clear()
    {
        lock (access)
            faults.Clear();
    }

    /// <summary>The oldest fault of these kinds that fits the call; one of its count is used up.</summary>
    public Fault? Take(string[] kinds, string call)
    {
        lock (access)
        {
            var index = faults.FindIndex(fault => kinds.Contains(fault.Kind) && fault.Fits(call));
            if (index < 0)
                return null;
            var taken = faults[index];
            if (taken.Count > 1)
                faults[index] = taken with { Count = taken.Count - 1 };
            else
                faults.RemoveAt(index);
            return taken;
        }
    }
}
