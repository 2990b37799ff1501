using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Bundles;

/// <param name="Case">Whose.</param>
/// <param name="Rights">Access, portability or both.</param>
/// <param name="Person">The address of the person, for the page inside the bundle.</param>
/// <param name="ReceivedOn">
/// The day the request came: the only date that the bundle shows, so that the same data gives the same bytes.
/// </param>
public sealed record BundleRequest(CaseId Case, IReadOnlyList<Right> Rights, EmailAddress Person, DateOnly ReceivedOn);

/// <param name="Sha256">Of the ZIP, 64 lowercase hexadecimal digits.</param>
/// <param name="Bytes">Of the ZIP.</param>
/// <param name="Systems">Counts in and out per table; no personal data.</param>
public sealed record BundleSummary(string Sha256, long Bytes, IReadOnlyList<BundledSystem> Systems);

public sealed record BundledSystem(string System, IReadOnlyList<BundledTable> Tables);

/// <param name="Table">The table's name in the data map.</param>
/// <param name="RecordsIn">Records that were staged.</param>
/// <param name="RecordsForAccess">Records in <c>data/</c> of an access answer; 0 where access was not asked for.</param>
/// <param name="RecordsForPortability">Records in the portability package; 0 where it was not asked for.</param>
public sealed record BundledTable(string Table, long RecordsIn, long RecordsForAccess, long RecordsForPortability);

/// <summary>The bundle must not be offered. The message names system and table and what to do, and holds no personal data.</summary>
public sealed class BundleIncompleteException(string message) : Exception(message);
