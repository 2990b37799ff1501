using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>Says what is missing and what to do, in one form.</summary>
internal static class Incompleteness
{
    public static BundleIncompleteException Of(SystemOfRecord system, string table, string problem) =>
        new($"{system.Name} ({system.Key}), table {table}: {problem}. {WhatToDo(system)}");

    public static BundleIncompleteException Of(SystemOfRecord system, string problem) =>
        new($"{system.Name} ({system.Key}): {problem}. {WhatToDo(system)}");

    private static string WhatToDo(SystemOfRecord system) =>
        $"Collect the data again; if it stays so, ask the system's owner, {system.Owner.Name}.";
}
