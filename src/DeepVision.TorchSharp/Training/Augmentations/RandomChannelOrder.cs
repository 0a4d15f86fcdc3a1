using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Torch.Training.Augmentations;

/// <summary>The three color channels in random order, each of the six orders equally often: shape counts and color does not.</summary>
public sealed class RandomChannelOrder : Augmentation
{
    /// <inheritdoc/>
    protected override TrainingExample ApplyCore(TrainingExample example, ExampleRandom random)
    {
        Span<int> order = [0, 1, 2];
        random.Shuffle(order);
        if (order is [0, 1, 2])
        {
            return example;
        }

        var changed = new RgbImage(example.Image.Width, example.Image.Height);
        ReadOnlySpan<byte> from = example.Image.Pixels;
        Span<byte> to = changed.Pixels;
        (int first, int second, int third) = (order[0], order[1], order[2]);
        for (int i = 0; i < to.Length; i += 3)
        {
            to[i] = from[i + first];
            to[i + 1] = from[i + second];
            to[i + 2] = from[i + third];
        }

        return example.Moved(changed, new BoxMap(new ImageSize(changed.Width, changed.Height)));
    }
}
