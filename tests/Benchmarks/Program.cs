using Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- <name>
// A benchmark is a class in a file of its own with a method that prints its figures; name it here.
var benchmarks = new Dictionary<string, Func<string[], Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["bundle"] = BundleBenchmark.RunAsync,
    ["flood"] = FloodBenchmark.RunAsync,
    ["durable"] = async _ =>
    {
        await DurableBenchmark.RunAsync();
        await ParkedBenchmark.RunAsync();
        await MailBenchmark.RunAsync();
    },
};

if (args is not [var name, .. var options] || !benchmarks.TryGetValue(name, out var benchmark))
{
    Console.Error.WriteLine($"Which benchmark? {string.Join(", ", benchmarks.Keys)}");
    return 1;
}
await benchmark(options);
return 0;
