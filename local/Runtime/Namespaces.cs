// Keeps the namespaces alive until their types are written.
namespace LocalFunctions.DurableTask { public static class Placeholder2; }
namespace LocalFunctions.DurableTask.Client { public static class Placeholder3; }
