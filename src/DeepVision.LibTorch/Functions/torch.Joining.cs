using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Tensors one after another along a dimension; they agree in all other ones.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        nint[] handles = Tensor.HandlesOf(tensors);
        return Tensor.Result(Native.dv_cat(handles, handles.Length, dim), tensors);
    }

    /// <summary>Tensors one after another along a dimension; they agree in all other ones.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((IList<Tensor>)tensors, dim);

    /// <summary>Tensors of one shape along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        Tensor[] all = [.. tensors];
        nint[] handles = Tensor.HandlesOf(all);
        return Tensor.Result(Native.dv_stack(handles, handles.Length, dim), all);
    }

    /// <summary>For vectors, tensors that hold each one's values along its own dimension, broadcast against all the others.</summary>
    /// <param name="tensors">The vectors.</param>
    /// <param name="indexing"><c>ij</c>, or <c>xy</c> to exchange the first two dimensions.</param>
    public static unsafe Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        Tensor[] all = [.. tensors];
        nint[] handles = Tensor.HandlesOf(all);
        nint* results;
        int count = Native.dv_meshgrid(handles, handles.Length, Tensor.Byte(indexing == "xy"), &results);
        return Tensor.List(count, results, all);
    }

    /// <summary><paramref name="x"/> where <paramref name="condition"/> is true, else <paramref name="y"/>, broadcast.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    /// <summary>Exponentials along a dimension, scaled to the sum one; computed in <paramref name="dtype"/> if given.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}
