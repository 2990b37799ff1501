using System.Globalization;
using System.Text;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Tests.Settings;

/// <summary>docs/settings.md, as the catalogue of settings gives it.</summary>
internal static class SettingsDocument
{
    private const string Head = """
        # Settings

        Every setting there is, in one table. It is written from [`SettingCatalogue`](../functions/Settings/SettingCatalogue.cs); the app can read no
        setting that is not in it, and tests compare it with [`local.settings.sample.json`](../functions/local.settings.sample.json) and with what
        [`infra/`](../infra/README.md) sets. After a change: `UPDATE_SNAPSHOTS=1 dotnet test`.

        On Azure they are application settings, which the template sets; a secret is there as a reference to Key Vault and in no other place. On one
        machine `local.settings.sample.json` is read as it is; a copy of it, `local.settings.json` (not committed), goes before it, environment
        variables before that, and the command line before all. `__` parts a section from a name; empty is the same as not there.

        The app does not start with a setting that is missing, wrong, unknown in a section of ours, or in contradiction to another. It names all
        of them at once, says what would be right, and repeats no value.


        """;

    private const string Tail = """
        | `Systems__…` | The connections of the systems of record: each file of the [data map](../functions/DataMap/README.md) names its own (`connection: Systems:Crm` is `Systems__Crm`), and a [connector](../functions/Connectors) may read more below it, as `Systems__PrintJobs__Container` | a connection string of a login that may only read, or a storage account’s https address | yes | Key Vault, the secrets that parameter `systems` names | app |
        | `OTEL_…` | What the [OpenTelemetry SDK](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) reads by itself, such as `OTEL_EXPORTER_OTLP_PROTOCOL` or `OTEL_METRIC_EXPORT_INTERVAL` | as the standard says | no | not set | app |

        """;

    public static string Render()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        text.Append("| Setting | What it is | May be; default | Secret | Where it lives on Azure | Read by |\n|---|---|---|---|---|---|\n");
        foreach (var setting in SettingCatalogue.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{setting.Name}` | {setting.Meaning} | {setting.Range} | {(setting.IsSecret ? "yes" : "no")} | {setting.OnAzure} | "
                    + $"{(setting.IsTheHosts ? "host" : "app")} |\n");
        return text.Append(Tail.ReplaceLineEndings("\n")).ToString();
    }
}
