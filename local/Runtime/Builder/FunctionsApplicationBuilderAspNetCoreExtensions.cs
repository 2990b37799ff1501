namespace LocalFunctions.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Says that HTTP functions take and give ASP.NET Core's types. On one machine they always do.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
