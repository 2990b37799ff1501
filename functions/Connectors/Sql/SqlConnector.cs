using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

/// <summary>Reads tables of SQLite and PostgreSQL databases. The README beside it says what the data map and the settings hold.</summary>
public sealed class SqlConnector(IConfiguration configuration) : IConnector
{
    public static ConnectorKind Rules { get; } = new(
        "Sql",
        [new OptionRule("dialect", "Whose SQL the database speaks.", IsRequired: true, ["sqlite", "postgresql"])],
        [
            new OptionRule(
                "table",
                "The name of the table or view in the database, where it is not the table's name in the data map.",
                IsRequired: false,
                []),
            new OptionRule(
                "schema", "The schema that the table is in, where the connection does not find it by itself.", IsRequired: false, []),
        ]);

    public ConnectorKind Kind => Rules;

    public IRecordSource Open(SystemOfRecord system)
    {
        var setting = system.Connector.Connection;
        var connection = configuration[setting];
        if (string.IsNullOrWhiteSpace(connection))
            throw new CollectionException(
                system.Key,
                $"The setting {setting} is missing.",
                "Set it to the connection string of a login that may only read.",
                isTransient: false);
        try
        {
            ISqlDialect dialect = system.Connector.Options["dialect"] == "sqlite"
                ? new SqliteDialect(connection)
                : new PostgresDialect(connection);
            return new SqlSource(system, dialect);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new CollectionException(
                system.Key, $"The setting {setting} is no connection string ({wrong.GetType().Name}).", "Correct it.", isTransient: false);
        }
    }
}
