using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Gradients of a tensor.
    public partial class Tensor
    {
        /// <summary>Whether operations on this tensor are tracked, so that <see cref="backward()"/> gives it a gradient.</summary>
        public bool requires_grad
        {
            get => Known(Native.dv_requires_grad(Handle)) != 0;
            set => Done(Native.dv_set_requires_grad(Handle, Byte(value)), this);
        }

        /// <summary>Whether this tensor is the result of no tracked operation.</summary>
        public bool is_leaf => Known(Native.dv_is_leaf(Handle)) != 0;

        /// <summary>The gradient that backward passes have summed up here, or null. Each call makes a new handle on it.</summary>
        public Tensor? grad
        {
            get
            {
                nint handle = Native.dv_grad(Handle, out int found);
                Done(found, this);
                return handle == 0 ? null : new Tensor(handle);
            }
            set => Done(Native.dv_set_grad(Handle, HandleOf(value)), this, value);
        }

        /// <summary>Sets whether operations on this tensor are tracked.</summary>
        /// <returns>This tensor.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets whether operations on this tensor are tracked.</summary>
        /// <returns>This tensor.</returns>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of this tensor although it is the result of an operation.</summary>
        public void retain_grad() => Done(Native.dv_retain_grad(Handle), this);

        /// <summary>Adds the gradients of this single element to all tensors it was computed from that require one.</summary>
        public void backward() => autograd.backward([this], null, false, false, null);

        /// <summary>Adds the gradients of this tensor to all tensors it was computed from that require one.</summary>
        /// <param name="grad_tensors">The gradient of this tensor itself; may be left out for a single element.</param>
        /// <param name="retain_graph">Keeps what is needed for another backward pass.</param>
        /// <param name="create_graph">Tracks the backward pass too, for second derivatives.</param>
        /// <param name="inputs">Only these tensors are given gradients; all if left out.</param>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
