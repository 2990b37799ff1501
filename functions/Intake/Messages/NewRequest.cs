using System.Security.Cryptography;
using System.Text;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Understanding;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>A message as the case that it opens, and as the record tells of it.</summary>
internal static class NewRequest
{
    /// <param name="from">Who is answered: its sender, or the person whom the officer named.</param>
    public static Case CaseOf(CaseId caseId, IntakeEntry entry, Message message, EmailAddress from) => new()
    {
        Id = caseId,
        From = from,
        Name = entry.IsForAnother ? "" : OneLine(message.From?.EmailAddress?.Name, 200),
        Subject = MailIntake.SubjectOf(message),
        Channel = !entry.IsForAnother ? RequestChannel.Email
            : entry.Reason == nameof(HoldReason.Forwarded) ? RequestChannel.Colleague
            : RequestChannel.WebForm,
        ReceivedAt = entry.AskedAt,
        MessageId = entry.MessageId,
        ConversationId = message.ConversationId ?? "",
        InternetMessageId = OneLine(message.InternetMessageId, 998),
    };

    /// <summary>The record's sentence.</summary>
    public static string Words(RequestChannel channel) => channel == RequestChannel.Email
        ? "The request arrived by email and is kept."
        : "The request was passed on, and the officer said whose it is and when it arrived; it is kept.";

    public static Dictionary<string, string> Facts(Case opened, ArchivedMessage kept, Reading understanding) =>
        new(kept.Facts(RequestText.RequestFile))
        {
            ["channel"] = ChannelWords(opened.Channel),
            ["receivedAt"] = opened.ReceivedAt.ToString("O"),
            ["messageIdSha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(opened.InternetMessageId))),
            ["authentication"] = opened.Authentication,
            ["wordsRecognised"] = string.Join(", ", understanding.Rules),
        };

    /// <summary>Without control characters and space at its ends.</summary>
    /// <param name="longest">Characters.</param>
    public static string OneLine(string? text, int longest)
    {
        var line = string.Concat((text ?? "").Where(c => !char.IsControl(c))).Trim();
        return line.Length <= longest ? line : line[..longest];
    }

    private static string ChannelWords(RequestChannel channel) => channel switch
    {
        RequestChannel.Colleague => "forwarded by a colleague",
        RequestChannel.WebForm => "a form",
        _ => "email",
    };
}
