using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Documents;

/// <summary>docs/cost.md is arithmetic: every quantity, cost and total on the page is what its formula and price give.</summary>
public sealed partial class CostPageTests
{
    private static readonly double[] Requests = [10, 100, 10_000];
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "cost.md"));

    private static Dictionary<string, (double Usd, double Per, double Free)> Prices { get; } = Rows("Prices")
        .Where(cells => cells[0].StartsWith('`') && cells.Length == 6)
        .ToDictionary(cells => cells[0].Trim('`'), cells => (Number(cells[2]), Number(cells[3]), Number(cells[4])));

    private static Dictionary<string, string> Formulas { get; } = Rows("Quantities").Where(cells => Quantity().IsMatch(cells[0]))
        .ToDictionary(cells => cells[0], cells => cells[2]);

    public static TheoryData<string> Quantities => [.. Formulas.Keys];

    [Theory]
    [MemberData(nameof(Quantities))]
    public void AQuantity_IsWhatItsFormulaGives(string quantity)
    {
        var cells = Rows("Quantities").Single(cells => cells[0] == quantity);
        AssertFigures(Requests.Select(n => Value(cells[2], n)), cells[3..]);
    }

    [Theory]
    [MemberData(nameof(Quantities))]
    public void ACost_IsWhatQuantityAndPriceGive(string quantity)
    {
        var cells = Rows("Result").Single(cells => cells[0] == quantity);
        AssertFigures(Requests.Select(n => Cost(quantity, cells[2].Trim('`'), n)), cells[3..]);
    }

    [Fact]
    public void TheTotals_AreTheSums_AndTheFirstLineSaysThem()
    {
        var costs = Rows("Result")
            .Where(cells => Quantity().IsMatch(cells[0]))
            .Select(cells => (Quantity: cells[0], Price: cells[2].Trim('`')))
            .ToList();
        Assert.Equal(Formulas.Count, costs.Count);
        var totals = Requests.Select(n => costs.Sum(cost => Cost(cost.Quantity, cost.Price, n))).ToList();
        AssertFigures(
            totals,
            Rows("Result").Single(cells => cells[1].Contains("A month", StringComparison.Ordinal))[3..].Select(cell => cell.Trim('*')));
        AssertFigures(
            totals.Zip(Requests, (total, n) => total / n),
            Rows("Result").Single(cells => cells[1].Contains("A request", StringComparison.Ordinal))[3..]);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"**${totals[0]:F0}, ${totals[1]:F0} and ${totals[2]:F0}**"),
            string.Join('\n', Page),
            StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"**${totals[0]:F0}, ${totals[1]:F0} and ${totals[2]:F0}**"),
            File.ReadAllText(Path.Combine(Repository.Root, "infra", "README.md")),
            StringComparison.Ordinal);
    }

    private static double Cost(string quantity, string price, double n)
    {
        var (usd, per, free) = Prices[price];
        return Math.Max(0, Value(Formulas[quantity], n) - free) / per * usd;
    }

    /// <summary>Arithmetic as people write it: <c>43,800 × 5 + 4 O</c>.</summary>
    private static double Value(string formula, double n)
    {
        var open = Math.Round(n * 20 / 30);
        var records = Math.Round(open + (36 * n / 30));
        var text = Juxtaposed()
            .Replace(formula.Replace(",", "", StringComparison.Ordinal), "${left}*${letter}")
            .Replace('×', '*')
            .Replace('÷', '/');
        foreach (var (letter, value) in new[] { ("N", n), ("O", open), ("R", records) })
            text = text.Replace(letter, value.ToString("F1", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        using var arithmetic = new DataTable { Locale = CultureInfo.InvariantCulture };
        return Convert.ToDouble(arithmetic.Compute(Whole().Replace(text, "$0.0"), null), CultureInfo.InvariantCulture);
    }

    /// <summary>Each figure is the value, rounded to as many digits as it shows.</summary>
    private static void AssertFigures(IEnumerable<double> values, IEnumerable<string> figures)
    {
        foreach (var (value, figure) in values.Zip(figures, (value, figure) => (value, figure)))
        {
            var digits = figure.Contains('.', StringComparison.Ordinal)
                ? figure.Length - figure.IndexOf('.', StringComparison.Ordinal) - 1
                : 0;
            Assert.InRange(Math.Abs(value - Number(figure)), 0, (0.5000001 * Math.Pow(10, -digits)) + 1e-9);
        }
    }

    private static IEnumerable<string[]> Rows(string chapter) => Page.SkipWhile(line => line != "## " + chapter)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
        .Where(cells => cells.Length >= 5);

    private static double Number(string text) => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex("^Q[0-9]+$")]
    private static partial Regex Quantity();

    [GeneratedRegex(@"(?<left>[0-9)])\s*(?<letter>[NOR])\b")]
    private static partial Regex Juxtaposed();

    [GeneratedRegex(@"(?<![0-9.])[0-9]+(?![0-9.])")]
    private static partial Regex Whole();
}
