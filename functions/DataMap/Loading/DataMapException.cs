namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>
/// The data map has mistakes; the message lists every one, so that they are put right in one go, and
/// in one line, since of what a worker says as it ends the Functions host shows the first line only.
/// </summary>
public sealed class DataMapException(IReadOnlyList<DataMapError> errors)
    : Exception(Describe(errors))
{
    public IReadOnlyList<DataMapError> Errors { get; } = errors;

    private static string Describe(IReadOnlyList<DataMapError> errors)
    {
        var count = errors.Count == 1 ? "a mistake" : $"{errors.Count} mistakes";
        var all = string.Concat(errors.Select((error, index) => $" ({index + 1}) {error}"));
        return $"The data map has {count}:{all}".ReplaceLineEndings(" ");
    }
}

/// <param name="File">The file's name without its folder.</param>
/// <param name="Line">From 1; 0 where the mistake is about the file or the folder as a whole.</param>
/// <param name="Column">From 1; 0 likewise.</param>
/// <param name="Reason">In plain English: what is wrong and, where it is not plain, what would be right.</param>
public sealed record DataMapError(string File, long Line, long Column, string Reason)
{
    public override string ToString() => Line == 0 ? $"{File}: {Reason}" : $"{File}({Line},{Column}): {Reason}";
}
