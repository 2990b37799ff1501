namespace LocalFunctions;

/// <summary>Runs the function for an HTTP request; the parameter is an ASP.NET Core <c>HttpRequest</c>.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    public HttpTriggerAttribute()
    {
    }

    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>Keys exist on Azure only: on one machine every level is let in, as with Core Tools.</summary>
    public AuthorizationLevel AuthLevel { get; } = AuthorizationLevel.Function;

    /// <summary>Null or empty: every method.</summary>
    public string[]? Methods { get; }

    /// <summary>An ASP.NET Core route template below the route prefix of <c>host.json</c>. Null: the function's name.</summary>
    public string? Route { get; set; }
}

/// <summary>Which key a caller has to show on Azure.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
