using System.Collections;

namespace LocalFunctions.Invocation;

/// <summary>One run of a function on this machine, with what its trigger brought.</summary>
internal sealed class LocalFunctionContext(Function function, Trigger trigger, IServiceProvider services, CancellationToken cancellation) : FunctionContext
{
    private readonly TriggerData data = new(trigger.Data);

    /// <summary>What the trigger's parameter is made from.</summary>
    public object? TriggerValue { get; } = trigger.Value;

    public Function Function { get; } = function;

    /// <summary>What the function returned; null before it has.</summary>
    public object? Result { get; set; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => Function.Id;

    public override FunctionDefinition FunctionDefinition => Function;

    public override BindingContext BindingContext => data;

    public override RetryContext RetryContext { get; } = new FirstAttempt();

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new FeatureCollection();

    public override CancellationToken CancellationToken => cancellation;

    private sealed class TriggerData(IReadOnlyDictionary<string, object?> values) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => values;
    }

    private sealed class FirstAttempt : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class FeatureCollection : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> features = [];

        public void Set<T>(T instance) => features[typeof(T)] = instance ?? throw new ArgumentNullException(nameof(instance));

        public T? Get<T>() => features.TryGetValue(typeof(T), out var found) ? (T)found : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>What set a run off: the value for the trigger's parameter, and what else it said, by name.</summary>
internal sealed record Trigger(object? Value, IReadOnlyDictionary<string, object?> Data);
