using System.Globalization;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>What may be logged of a failure. Messages of exceptions may repeat what people wrote, so they are left out.</summary>
internal static class Failures
{
    public static string Describe(Exception failure) => failure switch
    {
        ODataError { Error.Code: { } code } error =>
            string.Create(CultureInfo.InvariantCulture, $"Graph answered {error.ResponseStatusCode} {code}"),
        ApiException error => string.Create(CultureInfo.InvariantCulture, $"Graph answered {error.ResponseStatusCode}"),
        Azure.RequestFailedException error =>
            string.Create(CultureInfo.InvariantCulture, $"storage answered {error.Status} {error.ErrorCode}"),
        _ => failure.GetType().Name,
    };
}
