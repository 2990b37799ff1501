using System.Text.Json.Nodes;
using LocalMailbox.Mail;
using LocalMailbox.Store;

namespace LocalMailbox.Graph;

/// <summary>The folders of a mailbox and their counts.</summary>
internal static class FolderEndpoints
{
    public static void Map(IEndpointRouteBuilder user)
    {
        user.MapGet("/mailFolders", (GraphRequest request, MailStore store) => request.Json(new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#users('{Uri.EscapeDataString(request.Mailbox)}')/mailFolders",
            ["value"] = new JsonArray([.. MailFolders.All.Select(folder => FolderJson(folder, request, store))]),
        }));
        user.MapGet("/mailFolders/{folder}", (GraphRequest request, string folder, MailStore store) =>
            request.Json(FolderJson(request.RequireFolder(folder), request, store)));
    }

    private static JsonObject FolderJson(MailFolder folder, GraphRequest request, MailStore store)
    {
        var (all, unread) = store.Count(request.Mailbox, folder);
        return new JsonObject
        {
            ["id"] = MailFolders.Id(folder, request.Mailbox),
            ["displayName"] = MailFolders.DisplayName(folder),
            ["parentFolderId"] = OpaqueId.Of("AQMkADAwATM0MDAAMS1", request.Mailbox),
            ["childFolderCount"] = 0,
            ["unreadItemCount"] = unread,
            ["totalItemCount"] = all,
            ["isHidden"] = false,
        };
    }
}
