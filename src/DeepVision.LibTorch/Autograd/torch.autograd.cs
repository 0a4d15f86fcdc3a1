using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of computations.</summary>
    public static unsafe partial class autograd
    {
        /// <summary>The gradients of some tensors with respect to others, without adding them anywhere.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">What it is differentiated by.</param>
        /// <param name="grad_outputs">The gradients of <paramref name="outputs"/>; may be left out for single elements.</param>
        /// <param name="retain_graph">Keeps what is needed for another backward pass.</param>
        /// <param name="create_graph">Tracks the computation of the gradients too, for second derivatives.</param>
        /// <param name="allow_unused">Accepts inputs on which the outputs do not depend.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] outputHandles = Tensor.HandlesOf(outputs);
            nint[] inputHandles = Tensor.HandlesOf(inputs);
            nint[] gradientHandles = grad_outputs is null ? [] : Tensor.HandlesOf(grad_outputs);
            nint* results;
            int count = Native.dv_autograd_grad(
                outputHandles, outputHandles.Length, inputHandles, inputHandles.Length, gradientHandles, gradientHandles.Length,
                Tensor.Byte(retain_graph), Tensor.Byte(create_graph), Tensor.Byte(allow_unused), &results);
            Tensor[] gradients = Tensor.List(count, results, outputs, inputs);
            GC.KeepAlive(grad_outputs);
            return gradients;
        }

        /// <summary>Adds the gradients of some tensors to all tensors they were computed from that require one.</summary>
        /// <param name="tensors">What is differentiated.</param>
        /// <param name="grad_tensors">The gradients of <paramref name="tensors"/>; may be left out for single elements.</param>
        /// <param name="retain_graph">Keeps what is needed for another backward pass; as <paramref name="create_graph"/> if left out.</param>
        /// <param name="create_graph">Tracks the backward pass too, for second derivatives.</param>
        /// <param name="inputs">Only these tensors are given gradients; all if left out.</param>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] handles = Tensor.HandlesOf(tensors);
            nint[] gradientHandles = grad_tensors is null ? [] : Tensor.HandlesOf(grad_tensors);
            nint[] inputHandles = inputs is null ? [] : Tensor.HandlesOf(inputs);
            int status = Native.dv_backward(
                handles, handles.Length, gradientHandles, gradientHandles.Length, Tensor.Byte(retain_graph ?? create_graph), Tensor.Byte(create_graph),
                inputHandles, inputHandles.Length);
            Tensor.Done(status, tensors, grad_tensors, inputs);
        }

        /// <summary>Adds the gradients of a tensor to all tensors it was computed from that require one.</summary>
        /// <param name="tensor">What is differentiated.</param>
        /// <param name="grad_tensors">Its gradient; may be left out for a single element.</param>
        /// <param name="retain_graph">Keeps what is needed for another backward pass; as <paramref name="create_graph"/> if left out.</param>
        /// <param name="create_graph">Tracks the backward pass too, for second derivatives.</param>
        /// <param name="inputs">Only these tensors are given gradients; all if left out.</param>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);
    }
}
