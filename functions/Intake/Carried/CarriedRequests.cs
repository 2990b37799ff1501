using System.Text.RegularExpressions;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Sending;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Carried;

/// <summary>Finds messages that bring somebody else's request. Their sender must not be answered in that person's place (S1).</summary>
internal sealed partial class CarriedRequests(MimeArchive archive, MailSettings settings)
{
    /// <summary>What is older was hardly left lying until now: a date like that is more likely misread.</summary>
    private const int MostDaysBefore = 400;

    /// <param name="reason">Why it would be held anyway; null where it would not be.</param>
    /// <returns>Null where its sender speaks for themselves.</returns>
    public async Task<CarriedRequest?> FindAsync(
        IntakeEntry entry, Message message, EmailAddress from, HoldReason? reason, CancellationToken cancellation)
    {
        if (reason is not (null or HoldReason.AutomaticReply or HoldReason.MailingList or HoldReason.OwnLetter) || IsAnswer(message))
            return null;
        var replyTo = ReplyToOf(message, from);
        var isNoReply = NoReply().IsMatch(from.Value);
        var isColleague = reason is null && IsOurs(from);
        if (replyTo is null && !isColleague && !(isNoReply && reason is null))
            return null;
        var words = RequestText.Read(await archive.ReadBeginningAsync(entry.MessageId, RequestText.MaxBytesRead, cancellation));
        if (replyTo is not null && IsForm(from, replyTo, reason, isNoReply, words))
            return new CarriedRequest(
                HoldReason.WebForm, replyTo, null, reason is null or HoldReason.OwnLetter || Asks(message, words));
        if (isNoReply && reason is null)
            return new CarriedRequest(HoldReason.NoReply, OnlyAddressIn(words.Words.Own), null, Asks(message, words));
        return isColleague ? Forwarded(entry, message, from, words) : null;
    }

    /// <summary>Our own letter that came back, or a machine's answer to somebody.</summary>
    private static bool IsAnswer(Message message)
    {
        var headers = message.InternetMessageHeaders ?? [];
        return MailTriage.Values(headers, LetterMime.Header).Any()
            || MailTriage.Values(headers, "Auto-Submitted").Any(value => value.Contains("replied", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Of mail with a list's or a machine's marks, only what names the person in its words too is a form's.</summary>
    private bool IsForm(EmailAddress from, EmailAddress replyTo, HoldReason? reason, bool isNoReply, ReceivedWords words) =>
        (reason is null or HoldReason.OwnLetter && (isNoReply || (IsOurs(from) && !IsOurs(replyTo))))
        || words.Words.Own.Contains(replyTo.Value, StringComparison.OrdinalIgnoreCase);

    private CarriedRequest? Forwarded(IntakeEntry entry, Message message, EmailAddress from, ReceivedWords words)
    {
        var heads = ForwardedHead.In(words.Words).Concat(words.Attached)
            .Where(head => !head.From.Equals(from) && !head.From.Equals(settings.Address)).ToList();
        if (heads.Count == 0)
            return ForwardPrefix().IsMatch(message.Subject ?? "") && (words.Words.Quoted.Length > 0 || words.Words.NotShown.Count > 0)
                ? new CarriedRequest(HoldReason.Forwarded, null, null, IsUrgent: true)
                : null;
        var about = (heads.FirstOrDefault(head => !IsOurs(head.From)) ?? heads[0]).From;
        // They may have written more than once: the time runs from the first.
        var today = DeadlineCalculator.LondonDate(entry.ReceivedAt);
        var days = heads.Where(head => head.From.Equals(about)).Select(head => head.On).OfType<DateOnly>()
            .Where(day => day <= today && day >= today.AddDays(-MostDaysBefore)).ToList();
        return new CarriedRequest(HoldReason.Forwarded, about, days.Count > 0 ? days.Min() : null, IsUrgent: true);
    }

    /// <summary>Somebody else than its sender, and not us.</summary>
    private EmailAddress? ReplyToOf(Message message, EmailAddress from)
    {
        var named = (message.ReplyTo ?? []).Select(to => EmailAddress.TryParse(to.EmailAddress?.Address, out var address) ? address : null)
            .OfType<EmailAddress>().ToList();
        return named.Count == 1 && !named[0].Equals(from) && !named[0].Equals(settings.Address) ? named[0] : null;
    }

    private EmailAddress? OnlyAddressIn(string words)
    {
        var found = Address().Matches(words).Select(match => EmailAddress.TryParse(match.Value, out var address) ? address : null)
            .OfType<EmailAddress>().Where(address => !IsOurs(address)).Distinct().Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static bool Asks(Message message, ReceivedWords words) =>
        Reading.Of(MailIntake.SubjectOf(message), words.Words).Rules.Count > 0;

    private bool IsOurs(EmailAddress address) => DomainOf(address).Equals(DomainOf(settings.Address), StringComparison.OrdinalIgnoreCase);

    private static string DomainOf(EmailAddress address) => address.Value[address.Value.LastIndexOf('@')..];

    [GeneratedRegex(
        @"^(no|do[-_.]?not|never)[-_.]?(reply|respond|answer)|^(nicht|ne)[-_.]?(antworten|pas[-_.]?repondre)|^(web)?(forms?|formular)@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoReply();

    [GeneratedRegex(
        @"^\s*(fwd?|wg|tr|rv|i|enc|vs|vb|vl|pd|doorst|továbbítás|ilt|πρθ|转发|轉寄|転送)\s*[:：]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ForwardPrefix();

    [GeneratedRegex(@"[^\s<>()\[\]"":;,]+@[^\s<>()\[\]"":;,]+\w", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
