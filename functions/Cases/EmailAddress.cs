using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// One email address without a display name, at most 254 characters (RFC 5321), compared without regard to case and to how its domain is
/// written.
/// Personal data: it stays in the case's storage and is never logged, so <see cref="object.ToString"/> is the only way it is printed.
/// </summary>
[JsonConverter(typeof(EmailAddressJsonConverter))]
public sealed record EmailAddress
{
    /// <exception cref="FormatException">The text is no email address. The message does not repeat it.</exception>
    public EmailAddress(string address)
    {
        if (!IsValid(address))
            throw new FormatException("Not an email address.");
        Value = address;
    }

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = IsValid(text) ? new EmailAddress(text!) : null;
        return address is not null;
    }

    public bool Equals(EmailAddress? other) => other is not null && string.Equals(Key, other.Key, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>The same for each way of writing it but for case: with an international domain as <c>xn--…</c> (RFC 5890).</summary>
    internal string Key => MailboxAddress.EncodeAddrspec(Value);

    public override string ToString() => Value;

    /// <summary>Written as in <c>"john smith"@example.com</c>, which is rare and right (RFC 5321, section 4.1.2).</summary>
    public bool IsQuoted => Value.StartsWith('"');

    private static bool IsValid(string? text) =>
        text is { Length: >= 3 and <= 254 } && text.Contains('@') && !text.Any(char.IsControl) && HasSpaceInQuotesOnly(text) &&
        MailboxAddress.TryParse(text, out var parsed) && (parsed.Address == text || parsed.GetAddress(idnEncode: true) == text) &&
        string.IsNullOrEmpty(parsed.Name);

    private static bool HasSpaceInQuotesOnly(string text) =>
        !text.AsSpan(text.StartsWith('"') ? text.LastIndexOf('"') : 0).Contains(' ') && !text.Any(IsOddSpace);

    // Of white space a quoted part may hold the blank alone.
    private static bool IsOddSpace(char c) => c != ' ' && char.IsWhiteSpace(c);

    private sealed class EmailAddressJsonConverter : JsonConverter<EmailAddress>
    {
        public override EmailAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, EmailAddress value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}

/// <summary>Addresses that people set.</summary>
internal static class EmailAddressSettings
{
    public static EmailAddress Address(this SettingsReader settings, string name) =>
        EmailAddress.TryParse(settings.Text(name), out var address) ? address : throw settings.Unusable(name, "must be an email address.");
}
