namespace DeepVision.Torch;

/// <summary>The type that a network computes in.</summary>
public enum TorchPrecision
{
    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>16 bits with 10 of mantissa; meant for CUDA, where older libtorch versions have no convolution of it on the CPU.</summary>
    Float16,

    /// <summary>16 bits with 7 of mantissa.</summary>
    BFloat16,
}
