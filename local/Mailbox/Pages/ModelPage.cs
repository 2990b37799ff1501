using Microsoft.AspNetCore.Components;

namespace LocalMailbox.Pages;

/// <summary>A page that shows one model.</summary>
public abstract class ModelPage<T> : ComponentBase
{
    [Parameter, EditorRequired]
    public T Model { get; set; } = default!;
}
