using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows;
using Spectrum.PrivacyFlows.Telemetry;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<FunctionTracing>();
builder.Services.AddPrivacyFlows(builder.Configuration);

await builder.Build().RunAsync();
