using System.Text.Json;
using LocalSystems.Logs;

namespace LocalSystems;

/// <summary>Makes invented people and their data as Spectrum would hold them, and says whose each record is.</summary>
public static class SampleSystems
{
    /// <summary>Takes the set that is in the folder where it is whole and of these options, the date apart; else makes it.</summary>
    public static async Task<SampleSet> EnsureAsync(
        SystemsOptions options, string folder, string storage, CancellationToken cancellation = default)
    {
        var set = new SampleSet(Path.GetFullPath(folder));
        var mark = await ReadMarkAsync(set, cancellation);
        var isThere = mark is not null && mark.Options with { Until = options.Until } == options &&
            File.Exists(set.CrmFile) && File.Exists(set.ExpectedFile) &&
            await new SampleContainer(storage, options.JobsContainer).CountAsync(cancellation) == mark.JobBlobs &&
            await new SampleContainer(storage, options.VisitsContainer).CountAsync(cancellation) == mark.VisitBlobs;
        return isThere ? set : await MakeAsync(options, folder, storage, cancellation);
    }

    /// <summary>Makes the set anew, over one that is there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="LocalMachine.LocalSetupException">A container of that name holds something else.</exception>
    public static async Task<SampleSet> MakeAsync(
        SystemsOptions options, string folder, string storage, CancellationToken cancellation = default)
    {
        options.Check();
        var set = new SampleSet(Path.GetFullPath(folder));
        Directory.CreateDirectory(set.Folder);
        foreach (var old in new[] { set.Mark, set.CrmFile, set.ExpectedFile })
            File.Delete(old);
        var people = SamplePeople.Make(options.People, options.Seed);
        var expected = new ExpectedRecords(people);
        using (var crm = new CrmDatabase(options, people, expected))
            crm.Write(set.CrmFile);
        var (jobs, visits) = (new SampleContainer(storage, options.JobsContainer), new SampleContainer(storage, options.VisitsContainer));
        await jobs.ClearAsync(cancellation);
        await visits.ClearAsync(cancellation);
        var jobBlobs = await new PrintJobLogs(options, people, expected).WriteAsync(jobs, cancellation);
        var visitBlobs = await new WebAccessLogs(options, people, expected).WriteAsync(visits, cancellation);
        await expected.WriteAsync(set.ExpectedFile, options, cancellation);
        await File.WriteAllTextAsync(set.Mark, JsonSerializer.Serialize(new Made(options, jobBlobs, visitBlobs)), cancellation);
        return set;
    }

    private static async Task<Made?> ReadMarkAsync(SampleSet set, CancellationToken cancellation)
    {
        try
        {
            return JsonSerializer.Deserialize<Made>(await File.ReadAllTextAsync(set.Mark, cancellation));
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    private sealed record Made(SystemsOptions Options, int JobBlobs, int VisitBlobs);
}

/// <summary>Where a set lies.</summary>
/// <param name="Folder">Full path.</param>
public sealed record SampleSet(string Folder)
{
    /// <summary>The customer records, a SQLite file.</summary>
    public string CrmFile => Path.Combine(Folder, "crm.db");

    /// <summary>
    /// Per person their addresses and, per system and table, the keys of the records that are theirs and
    /// whether these belong to portability.
    /// </summary>
    public string ExpectedFile => Path.Combine(Folder, "expected.json");

    /// <summary>Written last: a set without it was interrupted and is made again.</summary>
    internal string Mark => Path.Combine(Folder, "made.json");
}
