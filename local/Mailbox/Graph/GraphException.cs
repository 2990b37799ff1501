namespace LocalMailbox.Graph;

/// <summary>An answer other than success, in Graph's words.</summary>
internal sealed class GraphException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; init; }

    public static GraphException NotFound() => new(404, "ErrorItemNotFound", "The specified object was not found in the store.");

    public static GraphException BadRequest(string code, string message) => new(400, code, message);

    public static GraphException Invalid(string message) => new(400, "ErrorInvalidRequest", message);
}
