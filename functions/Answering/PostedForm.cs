using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Spectrum.PrivacyFlows.Answering;

/// <summary>A form as posted: at most 64 KB and 20 fields; anything else is read as an empty form, which no page accepts.</summary>
internal sealed class PostedForm
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxFields = 20;

    private readonly IFormCollection? form;

    private PostedForm(IFormCollection? form) => this.form = form;

    /// <summary>
    /// The field's value without space at its ends, cut at <paramref name="maxLength"/> characters; empty where it is missing.
    /// </summary>
    public string Text(string field, int maxLength = 200)
    {
        var value = form is null ? "" : form[field].ToString().Trim();
        return value.Length <= maxLength ? value : value[..maxLength];
    }

    public static Task<PostedForm> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        ReadAsync(request, MaxFields, cancellation);

    /// <param name="maxFields">In place of 20, for a form that has more.</param>
    public static async Task<PostedForm> ReadAsync(HttpRequest request, int maxFields, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength > MaxBytes)
            return new PostedForm(null);
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions
        {
            BufferBodyLengthLimit = MaxBytes,
            ValueCountLimit = maxFields,
            ValueLengthLimit = MaxBytes,
            MultipartBodyLengthLimit = MaxBytes,
        }));
        try
        {
            return new PostedForm(await request.ReadFormAsync(cancellation));
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException)
        {
            return new PostedForm(null);
        }
    }
}
