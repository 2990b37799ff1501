// Keeps the namespace alive until its types are written.
namespace LocalFunctions.Builder;

public static class Placeholder1;
