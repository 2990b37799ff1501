using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddPrivacyFlows(builder.Configuration);

await builder.Build().RunAsync();
