using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>
/// Where Graph tells of new mail. A notification is a hint to look now: the mail itself stays in the mailbox until a sweep has taken it,
/// so nothing has to be stored before the answer, which Graph wants within three seconds.
/// </summary>
public sealed class MailNotifications(
    IMailReceiver mail, MailSettings settings, IHostApplicationLifetime app, ILogger<MailNotifications> logger)
{
    private const int MaxToken = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Function(nameof(MailNotifications))]
    public async Task<IActionResult> Notify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "mail/notifications")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        if (request.Query["validationToken"].ToString() is { Length: > 0 and <= MaxToken } token)
            return new ContentResult { Content = token, ContentType = MediaTypeNames.Text.Plain, StatusCode = StatusCodes.Status200OK };
        if (await NotificationBody.ReadAsync(request, cancellation) is not { } notifications)
            return new BadRequestResult();
        var ours = notifications.Where(notification => notification.IsSignedWith(settings.ClientState)).ToList();
        if (ours.Count < notifications.Count)
            logger.LogWarning("Ignored {Count} notifications that do not know our client state.", notifications.Count - ours.Count);
        if (ours.Count > 0)
            await Task.WhenAny(ActAsync(ours, client.Starter(), app.ApplicationStopping), Task.Delay(Patience, cancellation));
        return new AcceptedResult();
    }

    private async Task ActAsync(List<Notification> notifications, StartCase start, CancellationToken cancellation)
    {
        try
        {
            var needs = notifications.Select(notification => notification.LifecycleEvent switch
            {
                "subscriptionRemoved" => SubscriptionNeed.Replacement,
                "reauthorizationRequired" => SubscriptionNeed.Renewal,
                _ => SubscriptionNeed.None,
            });
            if (needs.Max() is var need and not SubscriptionNeed.None)
                await mail.SubscribeAsync(need, cancellation);
            await mail.SweepAsync(start, cancellation);
        }
        catch (Exception failure)
        {
            if (!cancellation.IsCancellationRequested)
                logger.LogWarning(
                    "A notification could not be acted on ({Problem}); the timer's sweep does it.", Failures.Describe(failure));
        }
    }
}
