namespace LocalFunctions;

/// <summary>Says where the value of a function's parameter comes from.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class BindingAttribute : Attribute;

/// <summary>A value that a function is handed beside its trigger.</summary>
public abstract class InputBindingAttribute : BindingAttribute;

/// <summary>What makes a function run; a function has exactly one.</summary>
public abstract class TriggerBindingAttribute : BindingAttribute;
