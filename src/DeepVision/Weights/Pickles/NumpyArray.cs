namespace DeepVision.Weights.Pickles;

/// <summary>A NumPy array as the pickle describes it. Nothing has been checked.</summary>
/// <param name="offset">Where the pickle makes it, for messages.</param>
internal sealed class NumpyArray(long offset)
{
    public long Offset => offset;

    /// <summary>The extents; null until the pickle has said them.</summary>
    public long[]? Sizes { get; set; }

    public NumpyDtype? Dtype { get; set; }

    /// <summary>Whether the first index runs fastest.</summary>
    public bool IsColumnMajor { get; set; }

    /// <summary>The elements: byte[], <see cref="PickleBlob"/>, or the text that Python 2's bytes were taken for.</summary>
    public object? Data { get; set; }
}
