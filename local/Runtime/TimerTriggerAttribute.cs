namespace LocalFunctions;

/// <summary>Runs the function on a schedule; the parameter is a <see cref="TimerInfo"/>.</summary>
/// <param name="schedule">Six-field NCRONTAB in UTC, seconds first (<c>0 */5 * * * *</c>), or a time span (<c>00:05:00</c>), or <c>%Setting%</c> that holds one.</param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Run once more whenever the app starts.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Remember the last run in storage, so that one that was missed while the app was down is made up for.</summary>
    public bool UseMonitor { get; set; } = true;
}

/// <summary>What a timer function learns about its run.</summary>
public class TimerInfo
{
    /// <summary>Null where <see cref="TimerTriggerAttribute.UseMonitor"/> is off.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>At least one occurrence was missed; this run stands for all of them.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>Where a timer stands in its schedule; all times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The occurrence that ran last; <see cref="DateTime.MinValue"/> before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The occurrence that is expected next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was written.</summary>
    public DateTime LastUpdated { get; set; }
}
