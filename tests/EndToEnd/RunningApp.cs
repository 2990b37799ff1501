using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>The app with mailbox and sample systems around it, in this process or in one of its own.</summary>
public abstract class RunningApp : IAsyncDisposable
{
    /// <summary>Calls the app; follows no redirects.</summary>
    public abstract HttpClient Http { get; }

    /// <summary>Calls the mailbox's Graph.</summary>
    public abstract HttpClient Graph { get; }

    /// <summary>All that it said of itself, in every one of its lives.</summary>
    public abstract string Output { get; }

    public abstract string DataFolder { get; }

    /// <summary>Settings of its next life, by the names of environment variables.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["Mailbox__RequestTimeoutSeconds"] = "10" };

    /// <summary>Starts it and waits until it takes mail.</summary>
    public abstract Task StartAsync(CancellationToken cancellation);

    /// <summary>Ends it without a goodbye.</summary>
    public abstract Task KillAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Moves the app's clock and waits until all that fell due is done.</summary>
    public async Task AdvanceAsync(string duration, CancellationToken cancellation)
    {
        using var answer = await Http.PostAsJsonAsync("local/clock", new { advance = duration }, cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellation) =>
        DateTimeOffset.Parse(
            (string)(await Http.GetFromJsonAsync<JsonObject>("local/clock", cancellation))!["now"]!, CultureInfo.InvariantCulture);

    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await Http.GetAsync("api/health/ready", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    protected static (HttpClient Http, HttpClient Graph) ClientsOf(Uri app, Uri graph) =>
        (new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app }, new HttpClient { BaseAddress = graph });
}
