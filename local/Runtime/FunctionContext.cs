using LocalFunctions.Invocation;

namespace LocalFunctions;

/// <summary>One run of one function.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique for each run.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The same for every run of a function.</summary>
    public abstract string FunctionId { get; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    public abstract BindingContext BindingContext { get; }

    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of this run: a scope of its own, disposed when the run ends.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>For middleware and function to hand things to each other.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    public abstract IInvocationFeatures Features { get; }

    /// <summary>Cancelled when the app stops or the caller has gone.</summary>
    public virtual CancellationToken CancellationToken { get; }
}

/// <summary>What the trigger said, by name.</summary>
public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>Which attempt this run is; on one machine functions themselves are run once.</summary>
public abstract class RetryContext
{
    /// <summary>0 for the first attempt.</summary>
    public abstract int RetryCount { get; }

    public abstract int MaxRetryCount { get; }
}
