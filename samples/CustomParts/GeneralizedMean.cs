using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

/// <summary>An operation of one's own, pooling by a generalized mean: (mean of max(x, 0)^p)^(1/p) of each channel.</summary>
internal sealed class GeneralizedMean(float power) : CpuOperation
{
    /// <summary>The node: what it is called, what it makes of its input's shape, and who runs it.</summary>
    public static OpaqueOperation Over(GraphValue map, float power) => new()
    {
        Kind = "GeneralizedMean",
        OutChannels = map.Channels,
        OutRank = 2,
        ShapeRule = shapes => new TensorShape(shapes[0].Batch, shapes[0].Channels),
        Implementations = [new GeneralizedMean(power)],
    };

    // One item for each channel of each image, so that threads share the work.
    public override int CountItems(IReadOnlyList<TensorShape> inputs, TensorShape output) => output.Batch * output.Channels;

    public override void Run(in CpuOperationCall call, int item)
    {
        int pixels = call.InputShape(0).Height * call.InputShape(0).Width;
        double sum = 0;
        foreach (float value in call.Input(0).Slice(item * pixels, pixels))
        {
            sum += Math.Pow(Math.Max(value, 0), power);
        }

        call.Output()[item] = (float)Math.Pow(sum / pixels, 1 / power);
    }
}
