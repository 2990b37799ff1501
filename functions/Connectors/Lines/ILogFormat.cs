namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>How the lines of a log are written. Keeps the line that it read last; for one thread.</summary>
internal interface ILogFormat
{
    /// <summary>Takes a line apart.</summary>
    /// <param name="line">Without its end; it must stay as it is until <see cref="TryWrite"/>.</param>
    /// <returns>False where it is not of this format.</returns>
    bool TryRead(ReadOnlySpan<byte> line);

    /// <summary>
    /// Whether the line that was read belongs to the person: a field by which they are found holds their identifier, whole.
    /// </summary>
    bool IsTheirs(ReadOnlySpan<byte> line);

    /// <summary>Writes the line that was read as a record; what is not of its field's type as text, noted with the lines.</summary>
    void Write(ReadOnlySpan<byte> line, long number, StagedLines lines);
}
