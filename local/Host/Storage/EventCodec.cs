using System.Runtime.Serialization;
using System.Xml;
using DurableTask.Core;
using DurableTask.Core.History;

namespace LocalHost.Storage;

/// <summary>
/// The engine's own data contracts as bytes, and back. Binary XML keeps every tick of a moment and its kind: a history that is
/// replayed must give an orchestration the time that it was given first.
/// </summary>
internal static class EventCodec
{
    private static readonly DataContractSerializer Events = new(typeof(List<HistoryEvent>));
    private static readonly DataContractSerializer Messages = new(typeof(List<TaskMessage>));
    private static readonly DataContractSerializer States = new(typeof(OrchestrationState));

    public static byte[] Write(List<HistoryEvent> events) => Write(Events, events);

    public static byte[] Write(List<TaskMessage> messages) => Write(Messages, messages);

    public static byte[] Write(OrchestrationState state) => Write(States, state);

    public static List<HistoryEvent> ReadEvents(byte[] bytes) => (List<HistoryEvent>)Read(Events, bytes);

    public static List<TaskMessage> ReadMessages(byte[] bytes) => (List<TaskMessage>)Read(Messages, bytes);

    public static OrchestrationState ReadState(byte[] bytes) => (OrchestrationState)Read(States, bytes);

    private static byte[] Write(DataContractSerializer contract, object value)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlDictionaryWriter.CreateBinaryWriter(stream, null, null, ownsStream: false))
            contract.WriteObject(writer, value);
        return stream.ToArray();
    }

    private static object Read(DataContractSerializer contract, byte[] bytes)
    {
        using var reader = XmlDictionaryReader.CreateBinaryReader(bytes, XmlDictionaryReaderQuotas.Max);
        return contract.ReadObject(reader)!;
    }
}
