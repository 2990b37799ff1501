using System.Text.Json;
using System.Text.Json.Serialization;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Rights;

/// <summary>
/// What the officer may answer when they are asked to decide: its word, its link, what its page is called, and what it does. In the
/// histories of orchestrations it is its number.
/// </summary>
[JsonConverter(typeof(ByNumber))]
public sealed class Decision
{
    public static readonly Decision Approve = new(0, LinkPurpose.Approve)
    {
        Word = "approve",
        TypedWord = "approve",
        Title = "Approve and send this answer",
        Record = "The officer approved the bundle.",
    };

    public static readonly Decision Refuse = new(1, LinkPurpose.Refuse)
    {
        Word = "refuse",
        TypedWord = "refuse",
        Title = "Refuse this request",
        Record = "The officer refused the request.",
    };

    /// <summary>Take everything anew: the links given out so far end.</summary>
    public static readonly Decision CollectAgain = new(2, LinkPurpose.CollectAgain)
    {
        Word = "collect-again",
        TypedWord = "collect",
        Title = "Collect the data again",
        Record = "The officer had the data collected again.",
    };

    /// <summary>Decides nothing, and holds nothing in the law's sense (R11): it is written down, and the month runs on.</summary>
    public static readonly Decision DecideLater = new(3, LinkPurpose.DecideLater)
    {
        Word = "decide-later",
        TypedWord = "later",
        Title = "Decide on this request later",
        Record = "The officer chose to decide later.",
    };

    private readonly int number;

    private Decision(int number, LinkPurpose link) => (this.number, Link) = (number, link);

    public static IReadOnlyList<Decision> All { get; } = [Approve, Refuse, CollectAgain, DecideLater];

    /// <summary>What its link in the letter is for.</summary>
    public LinkPurpose Link { get; }

    /// <summary>As it is stored with the case's answers.</summary>
    public required string Word { get; init; }

    /// <summary>What the officer types to confirm it.</summary>
    public required string TypedWord { get; init; }

    /// <summary>Of its page.</summary>
    public required string Title { get; init; }

    /// <summary>What the evidence says of it.</summary>
    public required string Record { get; init; }

    /// <exception cref="InvalidOperationException">There is no such decision.</exception>
    public static Decision Of(string word) =>
        All.FirstOrDefault(decision => decision.Word == word) ?? throw new InvalidOperationException("An unknown decision was stored.");

    public override string ToString() => Word;

    private sealed class ByNumber : JsonConverter<Decision>
    {
        public override Decision Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetInt32(out var number) && All.FirstOrDefault(decision => decision.number == number) is { } known
                ? known
                : throw new JsonException("There is no decision of this number.");

        public override void Write(Utf8JsonWriter writer, Decision value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.number);
    }
}
