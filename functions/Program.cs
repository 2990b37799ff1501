using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Spectrum.PrivacyFlows;

var app = FunctionsApplication.CreateBuilder(args).AddPrivacyFlows().Build();
// The host does so when it starts as well; by then parts of it are running, and what is wrong is best said before.
app.Services.GetRequiredService<IStartupValidator>().Validate();
await app.RunAsync();
