using System.Data.Common;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

/// <summary>In what databases differ, as far as reading a person's records goes.</summary>
internal interface ISqlDialect
{
    /// <summary>A connection that cannot write.</summary>
    DbConnection Connect();

    /// <summary>Begins a transaction in which every query sees the same state.</summary>
    ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>
    /// Adds the values as parameters and gives the condition that the column holds one of them but for space at its ends, byte by byte, or
    /// without regard to the case of A to Z; the values are in lowercase then.
    /// </summary>
    string Holds(DbCommand command, string column, TableField field, bool ignoresCase, IReadOnlyCollection<string> values);

    /// <summary>How to read a column so that no digit of it is lost on the way.</summary>
    string Read(string column, TableField field);

    /// <summary>A column's text without blanks, tabs and line ends around it.</summary>
    string Trimmed(string column);

    /// <summary>How to order by a column so that no server's language changes it.</summary>
    string Order(string column, TableField field);

    /// <summary>Makes the running command end when cancelled, where the driver does not.</summary>
    IDisposable? InterruptWhen(DbConnection connection, CancellationToken cancellation);

    /// <summary>What went wrong as a code, without the driver's words.</summary>
    (string Code, bool IsTransient) Describe(DbException failure);
}
