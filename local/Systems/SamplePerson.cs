namespace LocalSystems;

/// <summary>An invented person, as the customer records know them.</summary>
/// <param name="Index">From 0.</param>
/// <param name="SecondEmail">Null where they gave none.</param>
/// <param name="SharesSecondEmail">The second address is a mailbox that somebody else uses too, so it finds nothing.</param>
/// <param name="Login">Null where they have none.</param>
internal sealed record SamplePerson(
    int Index, string Name, string Email, string? SecondEmail, bool SharesSecondEmail, string? Login, string Firm, string Ip)
{
    public string CustomerId => FormattableString.Invariant($"C{Index * 7 + 10_001}");

    /// <summary>The addresses that lead to this person and to nobody else.</summary>
    public IReadOnlyList<string> Addresses => SecondEmail is null || SharesSecondEmail ? [Email] : [Email, SecondEmail];
}
