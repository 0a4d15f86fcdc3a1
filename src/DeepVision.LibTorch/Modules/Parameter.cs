using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains.</summary>
public class Parameter : Tensor
{
    /// <summary>Makes a tensor a parameter.</summary>
    /// <param name="data">
    /// The values. The parameter takes the tensor's place, also in its dispose scope: it cannot be used any more.
    /// </param>
    /// <param name="requires_grad">Whether gradients are kept for it.</param>
    public Parameter(Tensor data, bool requires_grad = true)
        : base(data.with_requires_grad(requires_grad).MoveHandle(), false)
    {
        if (data.OwningDisposeScope is not null)
        {
            DisposeScope.ReplaceWith(data, this);
        }
    }
}
