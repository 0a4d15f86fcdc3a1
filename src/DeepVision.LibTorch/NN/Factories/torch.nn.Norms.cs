using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Norms.
    public static partial class nn
    {
        /// <summary>Batch norm over vectors, (N, C), or rows, (N, C, L).</summary>
        /// <param name="num_features">The channels.</param>
        /// <param name="eps">What is added to the variance before the square root.</param>
        /// <param name="momentum">The weight of a new batch in the running statistics.</param>
        /// <param name="affine">Whether there are a weight and a bias.</param>
        /// <param name="track_running_stats">Whether there are running statistics.</param>
        /// <param name="device">Where parameters and buffers are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static BatchNorm1d BatchNorm1d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        /// <summary>Batch norm over images.</summary>
        /// <param name="num_features">The channels.</param>
        /// <param name="eps">What is added to the variance before the square root.</param>
        /// <param name="momentum">The weight of a new batch in the running statistics.</param>
        /// <param name="affine">Whether there are a weight and a bias.</param>
        /// <param name="track_running_stats">Whether there are running statistics.</param>
        /// <param name="device">Where parameters and buffers are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static BatchNorm2d BatchNorm2d(
            long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        /// <summary>
        /// Group norm. Its weight starts at 1 and its bias at 0. TorchSharp 0.107 leaves both without values: code that is to run with it
        /// too sets them itself.
        /// </summary>
        /// <param name="num_groups">The groups into which the channels are split.</param>
        /// <param name="num_channels">The channels.</param>
        /// <param name="eps">What is added to the variance before the square root.</param>
        /// <param name="affine">Whether there are a weight and a bias.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static GroupNorm GroupNorm(
            long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
            new(num_groups, num_channels, eps, affine, device, dtype);

        /// <summary>Layer norm over the last axes.</summary>
        /// <param name="normalized_shape">The lengths of the last axes.</param>
        /// <param name="eps">What is added to the variance before the square root.</param>
        /// <param name="elementwise_affine">Whether there is a weight.</param>
        /// <param name="bias">Whether there is a bias too.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static LayerNorm LayerNorm(
            long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

        /// <summary>Layer norm over the last axis.</summary>
        /// <param name="normalized_shape">The length of the last axis.</param>
        /// <param name="eps">What is added to the variance before the square root.</param>
        /// <param name="elementwise_affine">Whether there is a weight.</param>
        /// <param name="bias">Whether there is a bias too.</param>
        /// <param name="device">Where the parameters are; null for the default.</param>
        /// <param name="dtype">Their dtype; null for the default.</param>
        public static LayerNorm LayerNorm(
            long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
            ScalarType? dtype = null) =>
            new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
    }
}
