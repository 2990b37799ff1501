namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>How long we wait for a person to say that the request is theirs. Meanwhile the month runs: this is no pause (T1).</summary>
internal static class IdentityTimetable
{
    /// <summary>Days after the asking at which we remind.</summary>
    public static readonly IReadOnlyList<int> ReminderDays = [3, 7];

    /// <summary>Days after the asking at which the case closes unconfirmed.</summary>
    public const int CloseAfterDays = 28;

    /// <summary>
    /// The link outlives the waiting, also where the officer took a while to sort the request; closing the case revokes it.
    /// </summary>
    public static DateTimeOffset LinkExpires(DateTimeOffset receivedAt) => receivedAt.AddDays(90);
}
