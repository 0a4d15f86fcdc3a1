namespace DeepVision.Cpu.Kernels.Convolutions;

/// <summary>
/// What a convolution of 3 x 3 with stride 1 is expected to cost for one image. The unit is a cycle of a core that begins two
/// multiply-adds in each; the work is shared by two cores.
/// </summary>
internal static class ConvolutionCost
{
    // Cycles for a line of weights that comes from the last-level cache: 11 GB/s at 2.8 GHz, what prefetching reaches on one core.
    private const double CyclesPerByte = 0.25;

    // Share of the peak that the products reach, measured on AVX-512.
    private const double DirectEfficiency = 0.87;
    private const double ProductEfficiency = 0.8;

    // Cycles for the transforms of one tile and one block of channels, there and back.
    private const double TransformCycles = 320;
    private const double SmallTransformCycles = 130;

    // Output blocks of a group from which on the panels of a product, which serve all of them, cost less than a strip's missing second
    // block: measured on AVX-512, groups of 48 channels reach 65 % of the peak as strips and 50 % as a product, of 112 63 % and 80 %.
    private const int BlocksOfProduct = 4;

    /// <summary>Estimates one layer.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    /// <param name="block">Lanes of a vector.</param>
    internal static double Estimate(
        ConvolutionAlgorithm algorithm, int inChannels, int outChannels, int height, int width, int block)
    {
        double inBlocks = (inChannels + block - 1) / block;
        double outBlocks = (outChannels + block - 1) / block;
        double weights = inBlocks * outBlocks * block * block * sizeof(float) * CyclesPerByte / 2;
        double products = inBlocks * block * outBlocks / 2;
        if (algorithm == ConvolutionAlgorithm.Direct)
        {
            return Math.Max(products * 9 * height * width / DirectEfficiency / 2, weights * 9);
        }

        int tile = algorithm == ConvolutionAlgorithm.Winograd4 ? 4 : 2;
        int points = (tile + 2) * (tile + 2);
        double tiles = ((height + tile - 1) / tile) * (double)((width + tile - 1) / tile);
        double transforms = tiles * (inBlocks + outBlocks) * (tile == 4 ? TransformCycles : SmallTransformCycles) / 2;
        return (Math.Max(products * points * tiles / ProductEfficiency, weights * points * 2) + transforms) / 2;
    }

    /// <summary>
    /// Whether a grouped convolution is faster as strips of pixels for each output block than as a matrix product for each group. Where
    /// groups do not fill blocks there is no product to choose.
    /// </summary>
    internal static bool FavorsStrips(LanePacking packing) =>
        !packing.FillsBlocks || packing.OutChannels / packing.Block < BlocksOfProduct;
}
