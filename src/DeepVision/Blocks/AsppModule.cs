using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Blocks;

/// <summary>The nodes of an <see cref="AsppSpec"/>, with torchvision's names: <c>convs.0</c> and so on, then <c>project</c>.</summary>
internal static class AsppModule
{
    internal static void Validate(AsppSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(spec.Rates);
        ArgumentNullException.ThrowIfNull(spec.Normalization);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Channels, 1, nameof(spec.Channels));
        foreach (int rate in spec.Rates)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1, nameof(spec.Rates));
        }
    }

    internal static GraphValue Build(GraphScope scope, GraphValue input, AsppSpec spec)
    {
        GraphScope convolutions = scope.Enter("convs");
        var branches = new List<GraphValue> { Branch(convolutions.Enter("0"), 0, input, spec, rate: 0) };
        foreach ((int index, int rate) in spec.Rates.Index())
        {
            branches.Add(Branch(convolutions.Enter($"{index + 1}"), 0, input, spec, rate));
        }

        GraphScope pooling = convolutions.Enter($"{branches.Count}");
        GraphValue mean = pooling.Add("0", new AdaptivePool { Kind = PoolingKind.Average, Size = 1 }, input);
        mean = Branch(pooling, 1, mean, spec, rate: 0);
        branches.Add(pooling.Add("upsample", new UpsampleLike { Mode = UpsampleMode.Bilinear }, mean, input));

        GraphValue joined = scope.Add("concatenate", new Concatenate(), [.. branches]);
        GraphScope project = scope.Enter("project");
        GraphValue output = Branch(project, 0, joined, spec, rate: 0);
        return project.Add("3", new Dropout { Probability = spec.Dropout }, output);
    }

    // A rate of 0 is a 1x1 convolution.
    private static GraphValue Branch(GraphScope scope, int index, GraphValue input, AsppSpec spec, int rate)
    {
        GraphValue value = scope.Convolution($"{index}", input, new Convolution
        {
            OutChannels = spec.Channels,
            Kernel = rate == 0 ? 1 : 3,
            Padding = rate,
            Dilation = Math.Max(1, rate),
            HasBias = spec.Normalization.IsNone,
        });
        value = scope.Normalize($"{index + 1}", value, spec.Normalization);
        return scope.Activate($"{index + 2}", value, spec.Activation);
    }
}
