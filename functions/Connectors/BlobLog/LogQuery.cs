using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Spectrum.PrivacyFlows.Connectors.Lines;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>What is looked for and where, for all blobs of a table, and how a failure is told.</summary>
internal sealed class LogQuery(SystemOfRecord system, SystemTable table, Identifiers person, BlobContainerClient container)
{
    private readonly FieldMatch[] matches = FieldMatch.Of(table, person);

    public SystemTable Table => table;

    public BlobContainerClient Container => container;

    /// <summary>What the blobs are declared to be written in; null for UTF-8.</summary>
    public string? Encoding => table.Options.GetValueOrDefault("encoding");

    public LinePrefilter Prefilter { get; } = new(table, person);

    /// <summary>Whether we know the person by anything that this table is searched by.</summary>
    public bool CanFind => matches.Length > 0;

    public ILogFormat Format(string blob) =>
        table.Options["format"] == CombinedFormat.Name ? new CombinedFormat(table, matches, blob) : new JsonLinesFormat(table, matches);

    public IAsyncEnumerable<BlobItem> ListAsync(CancellationToken cancellation) =>
        container.GetBlobsAsync(new GetBlobsOptions { Prefix = table.Options.GetValueOrDefault("prefix") }, cancellation);

    /// <param name="blob">
    /// Its place, from 1, among the table's blobs by name. The name itself may be somebody's login, and this ends in logs and histories.
    /// </param>
    public CollectionException Bad(long blob, string failed, string advice) =>
        new(system.Key, $"Table {table.Name}, blob {blob} in the order of their names: {failed}.", advice, isTransient: false);

    /// <inheritdoc cref="Bad"/>
    public CollectionException Unavailable(long blob, Exception failure) =>
        Unavailable(string.Create(CultureInfo.InvariantCulture, $"blob {blob} in the order of their names"), failure);

    /// <param name="where">What was asked for, without a name of the source's.</param>
    public CollectionException Unavailable(string where, Exception failure)
    {
        var (refusal, code) = Refusal(failure);
        return refusal?.Status switch
        {
            404 when refusal.ErrorCode != BlobErrorCode.ContainerNotFound =>
                New($"{where} went away while it was read ({code}).", "Collect again; the log may have been rotated.", isTransient: true),
            412 => New(
                $"{where} was replaced while it was read ({code}).", "Collect again; the log may have been rotated.", isTransient: true),
            400 or 401 or 403 or 404 => New(
                $"{where} may not be read or is not there ({code}).",
                "Check the connection setting, the container and the app's right to read it.",
                isTransient: false),
            _ => New(
                $"{where} could not be read; storage did not answer ({code}).",
                "Try again; if it goes on, ask the system's owner.",
                isTransient: true),
        };
    }

    /// <summary>What storage said, and a word for it that holds nothing of a URL.</summary>
    public static (RequestFailedException? Refusal, string Code) Refusal(Exception failure)
    {
        var refusal = failure as RequestFailedException
            ?? (failure as AggregateException)?.InnerExceptions.OfType<RequestFailedException>().LastOrDefault();
        return (refusal, refusal is { Status: > 0 } ? $"{refusal.Status} {refusal.ErrorCode}" : (refusal ?? failure).GetType().Name);
    }

    private CollectionException New(string failed, string advice, bool isTransient) =>
        new(system.Key, $"Table {table.Name}: {failed}", advice, isTransient);
}
