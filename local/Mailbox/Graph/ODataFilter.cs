using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalMailbox.Graph;

/// <summary>
/// The part of $filter and $orderby that mail programs use: comparisons joined by "and". Everything else is refused, never ignored.
/// </summary>
internal static partial class ODataFilter
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["receivedDateTime"] = "m.received",
        ["sentDateTime"] = "c.sent",
        ["createdDateTime"] = "m.created",
        ["lastModifiedDateTime"] = "m.modified",
        ["isRead"] = "m.is_read",
        ["isDraft"] = "m.is_draft",
        ["hasAttachments"] = "c.has_attachments",
        ["subject"] = "c.subject",
        ["internetMessageId"] = "c.message_id",
        ["conversationId"] = "c.conversation",
        ["from/emailAddress/address"] = "json_extract(c.envelope, '$.From.Address') COLLATE NOCASE",
    };

    private static readonly Dictionary<string, string> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eq"] = "=",
        ["ne"] = "<>",
        ["ge"] = ">=",
        ["gt"] = ">",
        ["le"] = "<=",
        ["lt"] = "<",
    };

    public static (string? Where, IReadOnlyList<(string Name, object Value)> Parameters) Parse(string filter)
    {
        List<string> conditions = [];
        List<(string, object)> parameters = [];
        var rest = filter.Trim();
        while (rest.Length > 0)
        {
            var (condition, length) = Comparison(rest, parameters) ?? OwnProperty(rest, parameters) ?? throw Refused(filter);
            conditions.Add(condition);
            rest = rest[length..];
        }
        return (conditions.Count == 0 ? null : string.Join(" AND ", conditions), parameters);
    }

    private static (string Condition, int Length)? Comparison(string rest, List<(string, object)> parameters)
    {
        var clause = ComparisonClause().Match(rest);
        if (!clause.Success || !Columns.TryGetValue(clause.Groups["property"].Value, out var column))
            return null;
        var name = Parameter(clause.Groups["value"].Value, parameters);
        return ($"{column} {Operators[clause.Groups["operator"].Value]} {name}", clause.Length);
    }

    private static (string Condition, int Length)? OwnProperty(string rest, List<(string, object)> parameters)
    {
        var clause = OwnPropertyClause().Match(rest);
        if (!clause.Success)
            return null;
        var id = Parameter(clause.Groups["id"].Value, parameters);
        var value = Parameter(clause.Groups["value"].Value, parameters);
        return (
            "EXISTS (SELECT 1 FROM json_each(m.properties) property "
                + $"WHERE property.key = {id} COLLATE NOCASE AND property.value = {value})",
            clause.Length);
    }

    private static string Parameter(string literal, List<(string, object)> parameters)
    {
        var name = $"$f{parameters.Count}";
        parameters.Add((name, Value(literal)));
        return name;
    }

    public static string Order(string orderBy) => orderBy.Trim().ToUpperInvariant() switch
    {
        "" or "RECEIVEDDATETIME DESC" => "m.received DESC, m.number DESC",
        "RECEIVEDDATETIME" or "RECEIVEDDATETIME ASC" => "m.received, m.number",
        _ => throw GraphException.BadRequest("ErrorInvalidUrlQuery", "The local mailbox orders by receivedDateTime only."),
    };

    private static object Value(string literal)
    {
        if (literal.StartsWith('\''))
            return literal[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (bool.TryParse(literal, out var truth))
            return truth;
        return DateTimeOffset.TryParse(literal, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUnixTimeMilliseconds() / 1000.0
            : throw Refused(literal);
    }

    private static GraphException Refused(string filter) =>
        GraphException.BadRequest("ErrorInvalidUrlQueryFilter", $"The query filter contains one or more invalid nodes: {filter}");

    [GeneratedRegex(
        """^\(?(?<property>[\w/]+)\s+(?<operator>eq|ne|ge|gt|le|lt)\s+(?<value>'(?:[^']|'')*'|[^\s')]+)\)?(?:\s+and\s+(?=\S)|$)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex ComparisonClause();

    [GeneratedRegex(
        """^singleValueExtendedProperties/any\((?<p>\w+):\s*\k<p>/id\s+eq\s+(?<id>'(?:[^']|'')*')\s+and\s+\k<p>/value\s+eq\s+(?<value>'(?:[^']|'')*')\)(?:\s+and\s+(?=\S)|$)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex OwnPropertyClause();
}
