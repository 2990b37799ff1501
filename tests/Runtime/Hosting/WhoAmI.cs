using LocalFunctions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

/// <summary>An app of one function, which answers with a setting.</summary>
internal sealed class WhoAmI(IConfiguration settings)
{
    [Function("me")]
    public IActionResult Run([HttpTrigger("get")] HttpRequest request) => new ContentResult { Content = settings["Me"] };
}
