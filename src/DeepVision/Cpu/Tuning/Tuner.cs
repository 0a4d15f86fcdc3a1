using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Planning;
using DeepVision.Models;
using DeepVision.Tensors;

namespace DeepVision.Cpu.Tuning;

/// <summary>
/// Times the algorithms of a model's layers inside of whole runs, where caches are as they are in use: with each algorithm the
/// model is compiled and run several times, in passes, so that a slow spell of the machine hits all of them. What counts for a
/// layer is the least time of its steps. The cost model's choice stays where another one is not clearly faster.
/// </summary>
internal sealed class Tuner(VisionModel model, CpuOptions options, CancellationToken cancellation)
{
    private const int Passes = 3;
    private const int Warmup = 2;
    private const int Runs = 8;

    // How much faster another algorithm has to be than the cost model's.
    private const double ClearGain = 0.97;

    internal CpuTuning Tune()
    {
        model.Weights.EnsureComplete();
        TensorShape image = CpuEngine.TypicalImage(model, options);
        var layers = new List<TunedLayer>();
        (CpuInstructionSet Set, int Threads) compiled = default;
        foreach (ModelStage stage in model.Stages)
        {
            TensorShape input = stage.Step?.TypicalInput(image) ?? image;
            using CpuGraph byCost = CpuGraph.Compile(stage.Graph, model.Weights, options, input);
            compiled = (byCost.InstructionSet, byCost.Threads);
            layers.AddRange(Tune(stage, input, byCost.Algorithms));
        }

        return new CpuTuning(model.Name, compiled.Set, compiled.Threads, new Size2D(image.Height, image.Width), layers);
    }

    private IEnumerable<TunedLayer> Tune(ModelStage stage, TensorShape input, AlgorithmChoice byCost)
    {
        var times = byCost.Layers.ToDictionary(layer => layer, _ => new Dictionary<ConvolutionAlgorithm, double>());
        ConvolutionAlgorithm[] algorithms = [.. byCost.Layers.SelectMany(layer => layer.Algorithms).Distinct().Order()];
        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (ConvolutionAlgorithm algorithm in algorithms)
            {
                (string[] Paths, double Seconds)[] steps = Time(stage, input, algorithm);
                foreach ((TunableLayer layer, Dictionary<ConvolutionAlgorithm, double> known) in times)
                {
                    if (layer.Algorithms.Contains(algorithm))
                    {
                        double time = steps.Where(step => step.Paths.Intersect(layer.TimedPaths).Any()).Sum(step => step.Seconds);
                        known[algorithm] = Math.Min(time, known.GetValueOrDefault(algorithm, double.MaxValue));
                    }
                }
            }
        }

        return times.Select(pair => new TunedLayer(
            pair.Key.Path,
            Choose(pair.Value, byCost[pair.Key.Nodes[0]]).ToString(),
            pair.Value.ToDictionary(time => time.Key.ToString(), time => time.Value * 1e3)));
    }

    private static ConvolutionAlgorithm Choose(Dictionary<ConvolutionAlgorithm, double> times, ConvolutionAlgorithm byCost)
    {
        ConvolutionAlgorithm fastest = times.MinBy(time => time.Value).Key;
        return times[fastest] < ClearGain * times[byCost] ? fastest : byCost;
    }

    /// <summary>The least seconds of each step, with an algorithm wherever there is a choice that has it, and what the step stands for.</summary>
    private (string[] Paths, double Seconds)[] Time(ModelStage stage, TensorShape input, ConvolutionAlgorithm algorithm)
    {
        using CpuGraph graph = CpuGraph.Compile(stage.Graph, model.Weights, options, input, algorithm);
        HostTensor[] inputs = [Noise(input)];
        HostTensor[] outputs = [.. graph.OutputShapes(input).Select(shape => new HostTensor(shape))];
        double[] best = [];
        for (int run = 0; run < Warmup + Runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] seconds = graph.RunTimed(inputs, outputs);
            best = run <= Warmup ? seconds : [.. best.Zip(seconds, Math.Min)];
        }

        return [.. graph.PlanFor(input).Steps.Zip(best, (step, seconds) => (step.Paths.ToArray(), seconds))];
    }

    private static HostTensor Noise(TensorShape shape)
    {
        var tensor = new HostTensor(shape);
        for (int i = 0; i < tensor.Values.Length; i++)
        {
            tensor.Values[i] = MathF.Sin(i * 0.37f);
        }

        return tensor;
    }
}
