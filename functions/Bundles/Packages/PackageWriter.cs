using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Bundles.Tables;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Packages;

/// <summary>
/// Writes one right's Data Package into the ZIP: data first, then what describes it, since that states lengths and hashes.
/// </summary>
internal sealed class PackageWriter(BundleZip zip, BundleRequest request, IReadOnlyList<StagedSystem> staged, ContactDetails contacts)
{
    /// <param name="folder">Where in the ZIP, with a slash at its end; empty for the root, which has the page.</param>
    /// <param name="inner">Packages in folders of this one.</param>
    public async Task<WrittenPackage> WriteAsync(
        IPackageContents contents, string folder, IReadOnlyList<WrittenPackage> inner, CancellationToken cancellation)
    {
        var tables = new List<PackagedTable>();
        foreach (var (system, table) in staged.SelectMany(system => system.Tables.Select(table => (system.System, table))))
        {
            if (contents.FieldsOf(table.Table) is { Count: > 0 } fields)
                tables.Add(await WriteTableAsync(system, table, fields, folder, cancellation));
        }
        var package = new WrittenPackage(contents, folder, tables);
        var files = new List<PackageFile>(inner.Select(other => other.Descriptor!));
        files.Add(await zip.AddAsync(folder + "README.txt", ReadMe.Write(package, request, contacts.Controller), cancellation));
        if (folder.Length == 0)
            files.Add(await zip.AddAsync("index.html", IndexPage.Write(package, inner, Held(), request, contacts), cancellation));
        var descriptor = DataPackage.Describe(package, files, request, contacts.Controller);
        return package with { Descriptor = await zip.AddAsync(folder + "datapackage.json", descriptor, cancellation) };
    }

    private IReadOnlyList<HeldTable> Held() =>
        [.. staged.SelectMany(system => system.Tables.Select(table => new HeldTable(system.System, table.Table, table.Records)))];

    private async Task<PackagedTable> WriteTableAsync(
        SystemOfRecord system, StagedTable table, IReadOnlyList<TableField> fields, string folder, CancellationToken cancellation)
    {
        var places = fields.Select(field => table.Table.Fields.ToList().IndexOf(field)).ToArray();
        var path = $"{folder}data/{system.Key}/{table.Table.Name}";
        var preview = new TablePreview(fields, places);
        var (inJson, inCsv) = (0L, 0L);
        var json = await zip.AddAsync(
            path + ".json",
            async stream => inJson = await JsonTable.WriteAsync(stream, table, places, preview.Add, cancellation),
            cancellation);
        var csv = await zip.AddAsync(
            path + ".csv", async stream => inCsv = await CsvTable.WriteAsync(stream, table, places, cancellation), cancellation);
        if (inJson != table.Records || inCsv != table.Records)
            throw Incompleteness.Of(
                system, table.Table.Name, $"{table.Records} records went in, {inJson} came out as JSON and {inCsv} as CSV");
        return new PackagedTable(system, table, fields, json, csv, preview);
    }
}

/// <param name="Tables">In the data map's order.</param>
/// <param name="Descriptor">Its <c>datapackage.json</c>, once written.</param>
internal sealed record WrittenPackage(
    IPackageContents Contents, string Folder, IReadOnlyList<PackagedTable> Tables, PackageFile? Descriptor = null);

/// <param name="Fields">Those that went in.</param>
internal sealed record PackagedTable(
    SystemOfRecord System, StagedTable Source, IReadOnlyList<TableField> Fields, PackageFile Json, PackageFile Csv, TablePreview Preview)
{
    public SystemTable Table => Source.Table;

    public long Records => Source.Records;
}
