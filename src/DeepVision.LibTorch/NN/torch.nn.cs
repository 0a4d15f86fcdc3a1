using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Networks: modules, layers, what they compute, and their first values.</summary>
    public static partial class nn
    {
        /// <summary>Makes a tensor a parameter.</summary>
        /// <param name="data">The values. The parameter takes the tensor's place: it cannot be used any more.</param>
        /// <param name="requires_grad">Whether gradients are kept for it.</param>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
    }
}
