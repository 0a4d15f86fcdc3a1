using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DeepVision.Tensors;

/// <summary>
/// The extents of a tensor, outermost first: (N, C, H, W) for images and feature maps, (N, F) for vectors,
/// (O, I, kH, kW) for convolution weights. Rank 0 is a scalar.
/// </summary>
public readonly struct TensorShape : IEquatable<TensorShape>
{
    /// <summary>The largest rank that a shape can have.</summary>
    public const int MaxRank = 6;

    private readonly Extents _extents;

    /// <summary>Creates a shape from its extents, outermost first.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxRank"/> extents.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An extent is negative.</exception>
    public TensorShape(params ReadOnlySpan<int> extents)
    {
        if (extents.Length > MaxRank)
        {
            throw new ArgumentException($"A shape has at most {MaxRank} dimensions; found {extents.Length}.", nameof(extents));
        }

        Rank = extents.Length;
        for (int i = 0; i < extents.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extents[i], nameof(extents));
            _extents[i] = extents[i];
        }
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of all extents, 1 for a scalar.</summary>
    /// <exception cref="OverflowException">The product exceeds <see cref="long.MaxValue"/>.</exception>
    public long ElementCount
    {
        get
        {
            long count = 1;
            for (int i = 0; i < Rank; i++)
            {
                count = checked(count * _extents[i]);
            }

            return count;
        }
    }

    /// <summary>The extent of one dimension; negative indices are not accepted.</summary>
    public int this[int dimension]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)dimension, (uint)Rank, nameof(dimension));
            return _extents[dimension];
        }
    }

    /// <summary>N of an (N, C, H, W) or (N, F) shape.</summary>
    public int Batch => this[0];

    /// <summary>C of an (N, C, H, W) shape, or F of an (N, F) shape.</summary>
    public int Channels => this[1];

    /// <summary>H of an (N, C, H, W) shape.</summary>
    public int Height => this[2];

    /// <summary>W of an (N, C, H, W) shape.</summary>
    public int Width => this[3];

    /// <summary>The same shape with one extent replaced.</summary>
    public TensorShape With(int dimension, int extent)
    {
        Span<int> extents = stackalloc int[MaxRank];
        CopyTo(extents);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)dimension, (uint)Rank, nameof(dimension));
        extents[dimension] = extent;
        return new TensorShape(extents[..Rank]);
    }

    /// <summary>Copies the extents to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<int> destination) => ((ReadOnlySpan<int>)_extents)[..Rank].CopyTo(destination);

    /// <summary>The extents as a new array.</summary>
    public int[] ToArray() => ((ReadOnlySpan<int>)_extents)[..Rank].ToArray();

    /// <inheritdoc/>
    public bool Equals(TensorShape other) =>
        Rank == other.Rank && ((ReadOnlySpan<int>)_extents)[..Rank].SequenceEqual(((ReadOnlySpan<int>)other._extents)[..Rank]);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TensorShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Rank);
        for (int i = 0; i < Rank; i++)
        {
            hash.Add(_extents[i]);
        }

        return hash.ToHashCode();
    }

    /// <summary>True where both shapes have the same rank and extents.</summary>
    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    /// <summary>True where rank or an extent differs.</summary>
    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);

    /// <summary>The extents as <c>1x3x224x224</c>; <c>scalar</c> for rank 0.</summary>
    public override string ToString() => Rank == 0 ? "scalar" : string.Join('x', ToArray());

    [InlineArray(MaxRank)]
    private struct Extents
    {
        private int _first;
    }
}
