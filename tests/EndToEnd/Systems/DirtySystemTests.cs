using System.IO.Compression;
using System.Text.Json.Nodes;
using LocalDemo;
using LocalMachine.Azurite;
using Microsoft.Data.Sqlite;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Systems;

/// <summary>A system as it really is: values that are none, space behind an address, addresses that are nearly the person's.</summary>
public sealed class DirtySystemTests
{
    private const string Person = "ann.lee@brightwater.example";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_system_with_dirt_in_it_Then_the_person_is_found_and_gets_all_as_it_stands_and_the_officer_hears_of_it()
    {
        await using var azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-dirt-").FullName, Console.Error.WriteLine, inMemory: true, Cancellation);
        await using var app = new AppInProcess(azurite.ConnectionString);
        await app.StartAsync(Cancellation);
        Soil(Directory.GetFiles(Path.Combine(app.DataFolder, "systems"), "*.db").Single());
        var journey = new RequestJourney(
            new MailUser(app.Graph, Person), new MailUser(app.Graph, AppFixture.Officer), new WebVisitor(app.Http), AppFixture.Mailbox);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);

        var review = await journey.ReadReviewLetterAsync(Cancellation);
        Assert.Contains("1 value of Customer records is not of the kind that was expected", review.Html, StringComparison.Ordinal);
        // One is the sample person's own look-alike.
        Assert.Contains("2 records under an address with another tag or none", review.Html, StringComparison.Ordinal);
        Assert.Contains("2 records under an address that differs in one letter", review.Html, StringComparison.Ordinal);
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);

        var file = Path.Combine(app.DataFolder, "bundle.zip");
        await RequestJourney.SaveAsync(
            app.Http, await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation), file, Cancellation);
        await using var zip = await ZipFile.OpenReadAsync(file, Cancellation);
        var contact = (await ReadAsync(zip, "data/crm/contacts.json")).AsArray().Single()!;
        Assert.Equal("13th of March", (string?)contact["created_at"]);
        Assert.Equal(Person + " ", (string?)contact["email"]);
        var schema = (await ReadAsync(zip, "datapackage.json"))["resources"]!.AsArray()
            .Single(resource => (string?)resource!["path"] == "data/crm/contacts.json")!["schema"]!["fields"]!.AsArray()
            .Single(field => (string?)field!["name"] == "created_at")!;
        Assert.Equal("string", (string?)schema["type"]);
        Assert.Contains("1 value that the system holds is no datetime", (string?)schema["description"], StringComparison.Ordinal);
    }

    private static void Soil(string crm)
    {
        using var connection = new SqliteConnection($"Data Source={crm};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            UPDATE contacts SET created_at = '13th of March', email = email || ' ' WHERE email = '{Person}';
            INSERT INTO contacts (customer_id, full_name, email, firm, created_at) VALUES
                ('X1', 'Ann Lee', 'Ann.Lee+shop@brightwater.example', 'X', '2026-01-01T00:00:00Z'),
                ('X2', 'Anna Lee', 'anne.lee@brightwater.example', 'X', '2026-01-01T00:00:00Z'),
                ('X3', 'Ann Lee', 'ann.lee@brightwaters.example', 'X', '2026-01-01T00:00:00Z'),
                ('X4', 'Jo', 'joanna.lee@brightwater.example', 'X', '2026-01-01T00:00:00Z');
            """;
        Assert.True(command.ExecuteNonQuery() >= 5);
    }

    private static async Task<JsonNode> ReadAsync(ZipArchive zip, string path)
    {
        await using var stream = await zip.GetEntry(path)!.OpenAsync(Cancellation);
        return (await JsonNode.ParseAsync(stream, cancellationToken: Cancellation))!;
    }
}
