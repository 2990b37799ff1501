namespace LocalMailbox.Store;

/// <summary>What a reader sets on a message; null leaves it as it is.</summary>
internal sealed record Marks
{
    public bool? IsRead { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public string? Flag { get; init; }
    public IReadOnlyDictionary<string, string>? Properties { get; init; }
}
