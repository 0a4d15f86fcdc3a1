using DeepVision.Graphs;

namespace DeepVision.Backbones;

/// <summary>
/// A network of the RegNet design space (Radosavovic et al. 2020): four stages of grouped bottlenecks whose width grows by a
/// quantized linear rule, with squeeze-and-excitation (RegNetY) or without (RegNetX). Gives C2 to C5. Vary a preset by <c>with</c>.
/// </summary>
public sealed record RegNetSpec
{
    /// <summary>The name for messages and summaries.</summary>
    public required string Name { get; init; }

    /// <summary>Blocks in each of the four stages.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Channels of each of the four stages.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>Channels of each group of the 3x3 convolutions; a narrower block is one group.</summary>
    public required int GroupWidth { get; init; }

    /// <summary>Channels of the squeeze relative to the block's input. Above 0. Default null: no squeeze-and-excitation. RegNetY has 0.25.</summary>
    public float? SqueezeRatio { get; init; }

    /// <summary>Channels within a block relative to its output. Default 1.</summary>
    public float BottleneckMultiplier { get; init; } = 1;

    /// <summary>Channels of the stem. Default 32.</summary>
    public int StemWidth { get; init; } = 32;

    /// <summary>What follows each normalization but the last of a block, and each sum. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The normalization behind each convolution. Default batch norm.</summary>
    public Normalization Normalization { get; init; } = Normalization.BatchNorm;

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>RegNetY-400MF. 4,344,144 parameters with torchvision's classifier.</summary>
    public static RegNetSpec Y400MF { get; } = Y("400MF", [1, 3, 6, 6], [48, 104, 208, 440], 8);

    /// <summary>RegNetY-800MF.</summary>
    public static RegNetSpec Y800MF { get; } = Y("800MF", [1, 3, 8, 2], [64, 144, 320, 784], 16);

    /// <summary>RegNetY-1.6GF.</summary>
    public static RegNetSpec Y1600MF { get; } = Y("1.6GF", [2, 6, 17, 2], [48, 120, 336, 888], 24);

    /// <summary>RegNetY-3.2GF. 19,436,338 parameters with torchvision's classifier.</summary>
    public static RegNetSpec Y3200MF { get; } = Y("3.2GF", [2, 5, 13, 1], [72, 216, 576, 1512], 24);

    /// <summary>RegNetY-8GF.</summary>
    public static RegNetSpec Y8GF { get; } = Y("8GF", [2, 4, 10, 1], [224, 448, 896, 2016], 56);

    /// <summary>RegNetY-16GF.</summary>
    public static RegNetSpec Y16GF { get; } = Y("16GF", [2, 4, 11, 1], [224, 448, 1232, 3024], 112);

    /// <summary>RegNetY-32GF.</summary>
    public static RegNetSpec Y32GF { get; } = Y("32GF", [2, 5, 12, 1], [232, 696, 1392, 3712], 232);

    /// <summary>RegNetY-128GF. 644,812,894 parameters with torchvision's classifier.</summary>
    public static RegNetSpec Y128GF { get; } = Y("128GF", [2, 7, 17, 1], [528, 1056, 2904, 7392], 264);

    /// <summary>RegNetX-400MF.</summary>
    public static RegNetSpec X400MF { get; } = X("400MF", [1, 2, 7, 12], [32, 64, 160, 400], 16);

    /// <summary>RegNetX-800MF.</summary>
    public static RegNetSpec X800MF { get; } = X("800MF", [1, 3, 7, 5], [64, 128, 288, 672], 16);

    /// <summary>RegNetX-1.6GF.</summary>
    public static RegNetSpec X1600MF { get; } = X("1.6GF", [2, 4, 10, 2], [72, 168, 408, 912], 24);

    /// <summary>RegNetX-3.2GF.</summary>
    public static RegNetSpec X3200MF { get; } = X("3.2GF", [2, 6, 15, 2], [96, 192, 432, 1008], 48);

    /// <summary>RegNetX-8GF.</summary>
    public static RegNetSpec X8GF { get; } = X("8GF", [2, 5, 15, 1], [80, 240, 720, 1920], 120);

    /// <summary>RegNetX-16GF.</summary>
    public static RegNetSpec X16GF { get; } = X("16GF", [2, 6, 13, 1], [256, 512, 896, 2048], 128);

    /// <summary>RegNetX-32GF.</summary>
    public static RegNetSpec X32GF { get; } = X("32GF", [2, 7, 13, 1], [336, 672, 1344, 2520], 168);

    private static RegNetSpec Y(string size, IReadOnlyList<int> depths, IReadOnlyList<int> widths, int groupWidth) =>
        X(size, depths, widths, groupWidth) with { Name = $"RegNetY-{size}", SqueezeRatio = 0.25f };

    private static RegNetSpec X(string size, IReadOnlyList<int> depths, IReadOnlyList<int> widths, int groupWidth) =>
        new() { Name = $"RegNetX-{size}", Depths = depths, Widths = widths, GroupWidth = groupWidth };
}
