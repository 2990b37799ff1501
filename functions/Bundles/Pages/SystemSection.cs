using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>One system on the page: a card in the overview, and its tables below.</summary>
internal sealed class SystemSection(IReadOnlyList<PackagedTable> tables)
{
    /// <summary>Tables with more columns are printed across.</summary>
    private const int MostColumnsUpright = 6;

    public string Id => $"system-{tables[0].System.Key}";

    public string Name => tables[0].System.Name;

    public long Records => tables.Sum(table => table.Records);

    public Html Card() => new Html().Add($"""
        <li><h3>{Name}</h3><p class="count">{Paragraphs.Records(Records)}</p><p>{tables[0].System.Description}</p><p><a href="#{Id}">See the data<span class="sr"> of {Name}</span></a></p></li>

        """);

    public Html Write()
    {
        var html = new Html().Add($"""
            <section id="{Id}" aria-labelledby="{Id}-title">
            <h2 id="{Id}-title">{Name}</h2>
            <p>{tables[0].System.Description}</p>

            """);
        foreach (var table in tables)
            html.Add($"{Table(table)}");
        return html.Add($"</section>");
    }

    private static Html Table(PackagedTable table)
    {
        var id = $"table-{table.System.Key}-{table.Table.Name}";
        var html = new Html().Add($"""
            <h3 id="{id}">{table.Table.Title}</h3>
            <p>{table.Table.Description}</p>
            <p class="files">{Paragraphs.Records(table.Records)}: <a href="{table.Csv.Path}">{table.Csv.Path}</a> ({Paragraphs.Size(table.Csv.Bytes)}), <a href="{table.Json.Path}">{table.Json.Path}</a> ({Paragraphs.Size(table.Json.Bytes)})</p>

            """);
        if (table.Records == 0)
            return html.Add($"""<p class="nothing">We looked here and found nothing about you.</p>""");
        return html.Add($"""
            {Rows(table, id)}
            {Columns(table)}

            """);
    }

    private static Html Rows(PackagedTable table, string id)
    {
        var shown = table.Preview.Rows.Count;
        var caption = shown < table.Records
            ? $"{table.Table.Title}: the first {shown} of {Paragraphs.Records(table.Records)}. All of them are in the files above."
            : $"{table.Table.Title}: {Paragraphs.Records(table.Records)}";
        var head = new Html();
        foreach (var field in table.Fields)
            head.Add($"""<th scope="col" role="columnheader">{field.Title}</th>""");
        var body = new Html();
        foreach (var row in table.Preview.Rows)
            body.Add($"""<tr role="row">{Cells(table, row)}</tr>{"\n"}""");
        var across = table.Fields.Count > MostColumnsUpright ? "data across" : "data";
        return new Html().Add($"""
            <div class="{across}" role="region" aria-labelledby="{id}" tabindex="0">
            <table role="table">
            <caption>{caption}</caption>
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">
            {body}</tbody>
            </table>
            </div>
            """);
    }

    private static Html Cells(PackagedTable table, IReadOnlyList<string> row)
    {
        var cells = new Html();
        for (var i = 0; i < row.Count; i++)
        {
            var value = row[i].Length == 0 ? new Html().Add($"""<span class="none">none</span>""") : new Html().Add($"<bdi>{row[i]}</bdi>");
            cells.Add($"""<td role="cell" data-label="{table.Fields[i].Title}">{value}</td>""");
        }
        return cells;
    }

    private static Html Columns(PackagedTable table)
    {
        var list = new Html();
        foreach (var field in table.Fields)
            list.Add($"<dt>{field.Title} <code>{field.Name}</code></dt><dd>{field.Description} {OriginWords.Of(field.Origin)}</dd>\n");
        return new Html().Add($"""
            <details><summary>What the columns of {table.Table.Title} mean</summary>
            <dl class="columns">
            {list}</dl>
            </details>
            """);
    }
}
