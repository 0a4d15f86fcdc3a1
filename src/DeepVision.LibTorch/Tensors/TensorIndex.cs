namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of an indexing expression: a number, a range, an ellipsis, a new axis, a boolean or a tensor.</summary>
    public struct TensorIndex
    {
        /// <summary>As many whole dimensions as are needed.</summary>
        public static TensorIndex Ellipsis = new() { Kind = IndexKind.Ellipsis };

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex None = new() { Kind = IndexKind.NewAxis };

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex Null = new() { Kind = IndexKind.NewAxis };

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal IndexKind Kind { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal Tensor? Positions { get; private init; }

        /// <summary>A range from <paramref name="start"/> to before <paramref name="stop"/>; negative numbers count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = IndexKind.Range, Start = start, Stop = stop, Step = step };

        /// <summary>A range; negative numbers count from the end.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>A range.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>A new dimension, of size one or zero.</summary>
        public static TensorIndex Bool(bool value) => new() { Kind = IndexKind.Boolean, Start = value ? 1 : 0 };

        /// <summary>One position, whose dimension goes away; a negative number counts from the end.</summary>
        public static TensorIndex Single(long? index) => new() { Kind = IndexKind.Integer, Start = index };

        /// <summary>Positions (integers), or a mask (booleans).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = IndexKind.Tensor, Positions = tensor };

        /// <summary>One position, whose dimension goes away; a negative number counts from the end.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A range; negative numbers count from the end.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>A range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position, whose dimension goes away.</summary>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }
}
