using System.Globalization;
using DeepVision.Torch.Training.Checkpoints;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training.Evaluations;

/// <summary>Measures a run between two steps, with the averaged weights where there are some, and keeps the best ones.</summary>
internal sealed class RunMeasurement(
    nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module,
    ITrainingEvaluation evaluation,
    ParameterPlan plan,
    WeightAverage? average,
    RunTensors tensors,
    RunFolder? folder)
{
    /// <param name="state">Where the run stands.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <returns>What was found, and the state that knows of it; its best step is this one where nothing was better.</returns>
    public (Measurement Found, TrainingState State) Run(TrainingState state, CancellationToken cancellationToken)
    {
        average?.Swap();
        try
        {
            module.eval();
            Measurement found;
            using (IDisposable noGrad = no_grad())
            {
                found = evaluation.Measure(module, cancellationToken);
            }

            state = state with { MeasuredStep = state.Step };

            // What is no number is never best.
            if (double.IsNaN(found.Value) || (state.BestValue is { } best && found.Value <= best))
            {
                return (found, state with { SinceBest = state.SinceBest + 1 });
            }

            folder?.WriteBest(tensors.Model, state.Step, new Dictionary<string, string>
            {
                ["format"] = "pt",
                ["step"] = state.Step.ToString(CultureInfo.InvariantCulture),
                [found.Name] = found.Value.ToString("R", CultureInfo.InvariantCulture),
            });
            return (found, state with { BestValue = found.Value, BestStep = state.Step, SinceBest = 0 });
        }
        finally
        {
            average?.Swap();
            plan.EnterTraining();
        }
    }
}
