using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows;

await FunctionsApplication.CreateBuilder(args).AddPrivacyFlows().Build().RunAsync();
