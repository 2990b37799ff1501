using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Words;

namespace Spectrum.PrivacyFlows.Intake.Carried;

/// <summary>Who wrote a message that another one holds, as that one's quote head says; nobody vouches for it. Personal data.</summary>
/// <param name="From">Its sender.</param>
/// <param name="On">The day on which it was sent; null where the head says none that can be.</param>
/// <param name="Words">What follows the head, by whose words it is.</param>
internal sealed partial record ForwardedHead(EmailAddress From, DateOnly? On, IReadOnlyList<WordBlock> Words)
{
    private const int MostHeads = 20;
    private const int LongestHead = 14;
    private const int LongestLine = 400;
    private const int LinesOfAnAttribution = 3;

    /// <summary>Those of the quotes in a message, in their order: a forward of a forward has the oldest last.</summary>
    public static IReadOnlyList<ForwardedHead> In(MailWords words)
    {
        string[] lines =
        [
            .. words.Blocks.Where(block => block.Voice != Voice.Own).SelectMany(block => block.Text.Split('\n')).Select(Unmarked),
        ];
        List<ForwardedHead> found = [];
        for (var i = 0; i < lines.Length && found.Count < MostHeads; i++)
        {
            if (At(lines, i) is not { } head)
                continue;
            found.Add(new ForwardedHead(head.From, head.On, VoiceSplit.Of(string.Join('\n', lines.Skip(head.End)))));
            i = head.End - 1;
        }
        return found;
    }

    private static (EmailAddress From, DateOnly? On, int End)? At(string[] lines, int first) =>
        QuoteHeads.LabelOf(Short(lines[first])) is { Label: HeadLabel.From } label
            ? OfLabels(lines, first, label.Value)
            : OfAttribution(lines, first);

    private static (EmailAddress From, DateOnly? On, int End)? OfLabels(string[] lines, int first, string value)
    {
        // A table's cell stands in a line of its own.
        var address = AddressIn(value) ?? (first + 1 < lines.Length ? AddressIn(lines[first + 1]) : null);
        if (address is null)
            return null;
        DateOnly? on = null;
        var end = first + 1;
        for (var i = first + 1; i < Math.Min(lines.Length, first + LongestHead); i++)
        {
            if (QuoteHeads.LabelOf(Short(lines[i])) is not { } next)
                continue;
            if (next.Label == HeadLabel.From)
                break;
            if (next.Label == HeadLabel.Date)
                on ??= MailDate.In(next.Value.Length > 0 || i + 1 == lines.Length ? next.Value : Short(lines[i + 1]));
            end = i + 1;
        }
        return (address, on, end);
    }

    private static (EmailAddress From, DateOnly? On, int End)? OfAttribution(string[] lines, int first)
    {
        var line = "";
        for (var i = first; i < Math.Min(lines.Length, first + LinesOfAnAttribution) && lines[i].Trim().Length > 0; i++)
        {
            line += " " + Short(lines[i]).Trim();
            if (QuoteHeads.IsAttribution(line.Trim()) && AddressIn(line) is { } address)
                return (address, MailDate.In(line), i + 1);
        }
        return null;
    }

    private static EmailAddress? AddressIn(string text) =>
        Address().Match(Short(text)) is { Success: true } match && EmailAddress.TryParse(match.Value, out var address) ? address : null;

    private static string Unmarked(string line) => Marks().Replace(line, "");

    private static string Short(string line) => line.Length <= LongestLine ? line : line[..LongestLine];

    [GeneratedRegex(@"[^\s<>()\[\]"":;,]+@[^\s<>()\[\]"":;,]+\w", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(\s{0,3}[>＞])+ ?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marks();
}
