namespace LocalFunctions.Invocation;

/// <summary>Things of one run, found by their type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    void Set<T>(T instance);

    /// <returns>Null where nothing of this type was set.</returns>
    T? Get<T>();
}
