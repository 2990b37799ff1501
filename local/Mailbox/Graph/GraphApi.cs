using LocalMailbox.Drafts;
using LocalMailbox.Notifications;

namespace LocalMailbox.Graph;

/// <summary>Everything under /v1.0.</summary>
internal static class GraphApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var user = routes.MapGroup("/v1.0/users/{user}");
        MessageEndpoints.Map(user);
        FolderEndpoints.Map(user);
        DeltaEndpoints.Map(user);
        SendEndpoints.Map(user);
        AttachmentEndpoints.Map(user);
        UploadSessions.Map(user, routes);
        SubscriptionEndpoints.Map(routes);
    }
}
