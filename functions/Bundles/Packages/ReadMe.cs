using System.Globalization;
using System.Text;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;

namespace Spectrum.PrivacyFlows.Bundles.Packages;

/// <summary>Writes <c>README.txt</c>: which file is for what.</summary>
internal static class ReadMe
{
    public static string Write(WrittenPackage package, BundleRequest request, ControllerSettings controller)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {package.Contents.Title}
            Request {request.Case}

            {package.Contents.Explanation}
            {(package.Folder.Length == 0 ? "\nOpen index.html first. It needs no internet connection.\n" : "")}
            data/.../*.csv     Opens in Excel, Numbers, LibreOffice or Google Sheets.
            data/.../*.json    The same records for programs; exact, character by character.
            datapackage.json   For programs: what each file and each column is, its length and its
                               SHA-256 (Data Package v2, https://datapackage.org), and in the terms
                               of the W3C Data Privacy Vocabulary what the data is for.

            About the CSV files: they are UTF-8 with a byte order mark, separated by commas. So that
            nothing in them runs as a formula, a text that starts with = + - @, a tab or a line break
            has an apostrophe (') in front, and so has such a sign within a text where a spreadsheet
            that splits at semicolons, tabs or line breaks would begin a new cell. Plain negative
            numbers stay as they are. Control characters are replaced by U+FFFD. An empty cell can be an
            empty text or no value at all. Where it matters, rely on the JSON. Excel may hide leading zeros and round very long numbers.

            Tables

            """);
        foreach (var table in package.Tables)
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {table.Csv.Path[package.Folder.Length..]}: {table.Table.Title} ({table.System.Name}), records: {table.Records}\n");
        text.Append(
            CultureInfo.InvariantCulture, $"\nQuestions: {controller.Email}, or {controller.LegalName}, {controller.PostalContact}.\n");
        return text.ToString();
    }
}
