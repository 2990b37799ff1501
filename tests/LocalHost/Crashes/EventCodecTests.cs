using System.Collections;
using System.Reflection;
using System.Runtime.Serialization;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using LocalHost.Storage;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Crashes;

/// <summary>What is kept of each kind of event is what is read of it, to the tick.</summary>
public sealed class EventCodecTests
{
    private static readonly DateTime Moment = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddTicks(1234567);

    public static TheoryData<string> Kinds =>
        [.. typeof(HistoryEvent).Assembly.GetTypes().Where(
            type => type.IsSubclassOf(typeof(HistoryEvent)) && !type.IsAbstract).Select(type => type.Name).Order()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GivenAnEventOfAKind_WhenKeptAndRead_ThenNothingOfItIsLost(string kind)
    {
        var type = typeof(HistoryEvent).Assembly.GetTypes().Single(type => type.Name == kind && type.IsSubclassOf(typeof(HistoryEvent)));
        var written = (HistoryEvent)Filled(type, 0)!;

        var read = Assert.Single(EventCodec.ReadEvents(EventCodec.Write([written])));
        var carried = Assert.Single(EventCodec.ReadMessages(EventCodec.Write(
            [new TaskMessage { Event = written, OrchestrationInstance = new OrchestrationInstance { InstanceId = "id" } }])));

        Assert.Equal(Text(written), Text(read));
        Assert.Equal(Text(written), Text(carried.Event));
        Assert.Contains("2026-03-02T09:00:00.1234567Z", Text(read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    public void GivenAMomentOfAKind_WhenKeptAndRead_ThenItHasItsTicksAndKind(DateTimeKind kind)
    {
        var moment = DateTime.SpecifyKind(Moment, kind);
        var read = (TimerCreatedEvent)EventCodec.ReadEvents(EventCodec.Write([new TimerCreatedEvent(1, moment)]))[0];
        Assert.Equal((moment.Ticks, kind), (read.FireAt.Ticks, read.FireAt.Kind));
    }

    [Fact]
    public void GivenAState_WhenKeptAndRead_ThenNothingOfItIsLost()
    {
        var state = (OrchestrationState)Filled(typeof(OrchestrationState), 0)!;
        Assert.Equal(Text(state), Text(EventCodec.ReadState(EventCodec.Write(state))));
    }

    /// <summary>An object with a value in each property that is kept, so that one that is lost is seen.</summary>
    private static object? Filled(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(type) is { } simple)
            return simple;
        if (type == typeof(HistoryEvent))
            return new GenericEvent(-1, "carried") { Timestamp = Moment };
        if (typeof(IDictionary<string, string>).IsAssignableFrom(type))
            return new Dictionary<string, string> { ["key"] = "value" };
        if (type == typeof(IDictionary<string, object>))
            return new Dictionary<string, object> { ["key"] = "value" };
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            return ListOf(type.GetGenericArguments()[0], depth);
        if (depth > 3 || type.IsAbstract || type.IsInterface)
            return null;
        var made = Made(type, depth);
        foreach (var property in Kept(type).Where(property => property.SetMethod is not null))
            property.SetValue(made, Filled(property.PropertyType, depth + 1));
        return made;
    }

    private static object? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => "text é \u0001",
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 8L,
        _ when type == typeof(bool) => true,
        _ when type == typeof(Guid) => new Guid("9e952958-5e33-4daf-827f-2fa12937b875"),
        _ when type == typeof(DateTime) => Moment,
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(Moment),
        _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(1234567),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
        _ => null,
    };

    private static IList ListOf(Type element, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        if (Filled(element, depth + 1) is { } one)
            list.Add(one);
        return list;
    }

    private static object Made(Type type, int depth)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(constructor => constructor.GetParameters().All(
                parameter => parameter.ParameterType != type && parameter.ParameterType != typeof(SerializationInfo)))
            .OrderByDescending(constructor => constructor.GetParameters().Length).FirstOrDefault();
        return constructor is null
            ? Activator.CreateInstance(type, nonPublic: true)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Filled(parameter.ParameterType, depth + 1))]);
    }

    private static IEnumerable<PropertyInfo> Kept(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && property.IsDefined(typeof(DataMemberAttribute), inherit: true));

    /// <summary>All that is kept of an object, as text, one property a line.</summary>
    private static string Text(object? value) => value switch
    {
        null => "null",
        DateTime moment => moment.ToString("O"),
        DateTimeOffset moment => moment.ToString("O"),
        string text => text,
        IDictionary<string, string> pairs => string.Join(',', pairs.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}")),
        IEnumerable many => $"[{string.Join(',', many.Cast<object>().Select(Text))}]",
        _ when Kept(value.GetType()).ToList() is { Count: > 0 } kept =>
            $"{value.GetType().Name} {{\n{string.Concat(kept.OrderBy(one => one.Name).Select(one => Line(one, value)))}}}",
        _ => value.ToString()!,
    };

    private static string Line(PropertyInfo property, object owner) => $"{property.Name}: {Text(property.GetValue(owner))}\n";
}
