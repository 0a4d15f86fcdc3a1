using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Indexing as in Python. Numbers and ranges give views, index tensors and masks copies; setting writes into this tensor.
    public partial class Tensor
    {
        /// <summary>What an indexing expression picks out.</summary>
        /// <param name="indices">One index a dimension; missing ones take the whole dimension.</param>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>What index tensors or masks pick out.</summary>
        /// <param name="indices">One tensor a dimension; a mask stands for as many dimensions as it has.</param>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>A position of the first dimension, as a view.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => index([i1]);
            set => index_put_(value, [i1]);
        }

        /// <summary>Positions of the first two dimensions, as a view.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index([i1, i2]);
            set => index_put_(value, [i1, i2]);
        }

        /// <summary>Positions of the first three dimensions, as a view.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index([i1, i2, i3]);
            set => index_put_(value, [i1, i2, i3]);
        }

        /// <summary>Positions of the first four dimensions, as a view.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index([i1, i2, i3, i4]);
            set => index_put_(value, [i1, i2, i3, i4]);
        }

        /// <summary>What an indexing expression picks out.</summary>
        public Tensor index(params TensorIndex[] indices) => Result(Native.dv_index(Handle, NativeIndex.Of(indices), indices.Length), this, indices);

        /// <summary>What index tensors or masks pick out.</summary>
        public Tensor index(params Tensor[] indices) => index([.. indices.Select(TensorIndex.Tensor)]);

        /// <summary>Writes a tensor, broadcast, where an indexing expression points.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) =>
            InPlace(Native.dv_index_put(Handle, NativeIndex.Of(indices), indices.Length, value.Handle), value, indices);

        /// <summary>Writes a tensor, broadcast, where index tensors or masks point.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, [.. indices.Select(TensorIndex.Tensor)]);

        /// <summary>Writes or adds a tensor, broadcast, where index tensors or masks point.</summary>
        /// <param name="value">What is written.</param>
        /// <param name="indices">One tensor a dimension.</param>
        /// <param name="accumulate">Adds, so that an element hit twice is added to twice.</param>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => accumulate
            ? InPlace(Native.dv_index_put_accumulate(Handle, HandlesOf(indices), indices.Length, value.Handle), value, indices)
            : index_put_(value, [.. indices.Select(TensorIndex.Tensor)]);

        /// <summary>Writes a number where an indexing expression points.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices) =>
            InPlace(Native.dv_index_put_number(Handle, NativeIndex.Of(indices), indices.Length, value.Value), indices);
    }
}
