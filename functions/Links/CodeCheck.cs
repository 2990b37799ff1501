using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Links;

/// <param name="Number">Counts the codes of the case from 1: it makes the letter's key.</param>
/// <param name="Code">Six digits. A secret: into the letter and nowhere else.</param>
public sealed record IssuedCode(int Number, string Code, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the code, so that no log gets it by accident.</summary>
    public override string ToString() => $"{nameof(IssuedCode)} {Number}";
}

public enum CodeState
{
    /// <summary>It is used up now.</summary>
    Right,

    Wrong,

    /// <summary>Its ten minutes are over, it was used, or none was sent.</summary>
    Expired,

    /// <summary>Five wrong ones: this code opens nothing any more.</summary>
    TooManyTries,
}

/// <param name="TriesLeft">With this code; 0 unless <see cref="CodeState.Wrong"/>.</param>
public sealed record CodeCheck(CodeState State, int TriesLeft)
{
    /// <summary>Of the code that was right, as <see cref="IssuedCode.Number"/>; 0 otherwise.</summary>
    public int Number { get; init; }

    public bool IsRight => State == CodeState.Right;

    /// <summary>The same code may be typed again; otherwise the person asks for a fresh one.</summary>
    public bool MayTryAgain => State == CodeState.Wrong;

    /// <summary>What to tell the person; empty where the code is right.</summary>
    public string Problem => State switch
    {
        CodeState.Right => "",
        CodeState.Wrong when TriesLeft == 1 => "That is not the code we sent. You can try once more.",
        CodeState.Wrong => $"That is not the code we sent. You can try {TriesLeft} more times.",
        CodeState.Expired =>
            $"That code no longer works: a code works once, for {DownloadCodes.Minutes} minutes. Please ask for a fresh one.",
        _ => "That code was typed wrongly too often, so it no longer works. Please ask for a fresh one.",
    };
}
