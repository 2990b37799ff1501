namespace LocalFunctions.DurableTask;

/// <summary>Why a task failed, as the history keeps it.</summary>
/// <param name="ErrorType">Full name of the exception's type, or "(unknown)".</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">Where it was thrown, as far as is known.</param>
/// <param name="InnerFailure">The cause, where one is kept.</param>
/// <param name="Properties">Further values; none are kept here.</param>
public record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception is TaskFailedException { FailureDetails: { } details } ? details : exception.InnerException is { } cause ? FromException(cause) : null;
        return new(exception.GetType().FullName ?? exception.GetType().Name, exception.Message, exception.StackTrace, inner, null);
    }

    /// <summary>Whether the failure, not its cause, is of this type or one derived from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <inheritdoc cref="IsCausedBy{T}"/>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"{targetBaseExceptionType} is no exception type.", nameof(targetBaseExceptionType));
        if (string.Equals(ErrorType, targetBaseExceptionType.FullName, StringComparison.Ordinal))
            return true;
        var thrown = Type.GetType(ErrorType) ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType)).FirstOrDefault(type => type is not null);
        return targetBaseExceptionType.IsAssignableFrom(thrown);
    }

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
