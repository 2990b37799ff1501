using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Mail.Floods;

/// <summary>Forgets what is only kept to know a flood when it comes.</summary>
public sealed class MailUpkeep
{
    private readonly MailBudgets budgets;
    private readonly Senders senders;

    internal MailUpkeep(MailBudgets budgets, Senders senders) => (this.budgets, this.senders) = (budgets, senders);

    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await budgets.ForgetAsync(cancellation);
        await senders.ForgetAsync(cancellation);
    }
}
