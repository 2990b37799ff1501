using System.Text;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>A field by which a person is found, and the values that are theirs, as bytes.</summary>
internal sealed class FieldMatch
{
    private readonly byte[][] values;
    private readonly bool ignoresCase;

    private FieldMatch(FindBy find, SystemTable table, Identifiers person)
    {
        Field = table.Fields.Select((field, index) => (field, index)).First(pair => pair.field.Name == find.Field).index;
        ignoresCase = Identifiers.IgnoreCase(table, find.Identifier);
        values = [.. person.Forms(table, find.Identifier).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The field's place in the data map's order.</summary>
    public int Field { get; }

    public static FieldMatch[] Of(SystemTable table, Identifiers person) =>
        [.. table.Find.Where(find => person[find.Identifier].Count > 0).Select(find => new FieldMatch(find, table, person))];

    /// <summary>
    /// The whole value is one of theirs but for space at its ends: bytes equal, for addresses, and where the table says so, without
    /// regard to the case of A to Z.
    /// </summary>
    public bool Holds(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        foreach (var value in values)
        {
            if (value.Length == text.Length && (ignoresCase ? EqualsInAnyCase(text, value) : text.SequenceEqual(value)))
                return true;
        }
        return false;
    }

    private static bool EqualsInAnyCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowercase)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
            if (letter != lowercase[i])
                return false;
        }
        return true;
    }
}
