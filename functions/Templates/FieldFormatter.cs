using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>How the types of the records become words: one way for each, so that a template only names the field.</summary>
internal sealed class FieldFormatter : IFormatter, IFormatterProvider
{
    public bool TryCreateFormatter(Type type, [MaybeNullWhen(false)] out IFormatter formatter)
    {
        var isOurs = type == typeof(DateOnly)
            || type == typeof(DateTimeOffset)
            || type == typeof(Uri)
            || type == typeof(CaseId)
            || type == typeof(EmailAddress)
            || type == typeof(Untrusted);
        formatter = isOurs ? this : null;
        return isOurs;
    }

    public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(
        value switch
        {
            DateOnly date => PlainWords.Date(date),
            DateTimeOffset moment => PlainWords.Moment(moment),
            Uri link => WebLink(link),
            EmailAddress address => Untrusted.Address(address.Value),
            _ => value?.ToString(),
        },
        encode: true);

    /// <summary>Encoding alone does not make a link safe: <c>javascript:</c> survives it.</summary>
    private static string WebLink(Uri link) =>
        link.IsAbsoluteUri && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? link.AbsoluteUri
            : throw new InvalidOperationException("A letter or page may link to absolute http and https addresses only.");
}
