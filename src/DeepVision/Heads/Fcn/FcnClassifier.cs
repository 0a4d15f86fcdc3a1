using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Heads;

/// <summary>The layers of an FCN head, with torchvision's names: convolution 0, norm 1, activation 2, dropout 3, convolution 4.</summary>
internal static class FcnClassifier
{
    internal static GraphValue Build(GraphScope scope, GraphValue input, int classes, Normalization normalization, float dropout)
    {
        GraphValue value = scope.Convolution("0", input, new Convolution
        {
            OutChannels = Math.Max(1, input.Channels / 4),
            Kernel = 3,
            Padding = 1,
            HasBias = normalization.IsNone,
        });
        value = scope.Normalize("1", value, normalization);
        value = scope.Activate("2", value, Activation.Relu);
        value = scope.Add("3", new Dropout { Probability = dropout }, value);
        return scope.Convolution("4", value, new Convolution { OutChannels = classes, Kernel = 1, HasBias = true });
    }
}
