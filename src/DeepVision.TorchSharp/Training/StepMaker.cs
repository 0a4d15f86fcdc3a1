using System.Globalization;
using DeepVision.Torch.Training.Checkpoints;
using DeepVision.Torch.Training.Data;
using DeepVision.Torch.Training.Losses;
using DeepVision.Torch.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Training;

/// <summary>One step: forward, loss, gradients, optimizer. Numbers that are not finite stop it before the weights change.</summary>
internal sealed class StepMaker<TExample>(
    nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>> module,
    ITrainingLoss<TExample> loss,
    TrainerOptions options,
    ParameterPlan plan,
    ParameterOptimizer optimizer,
    Func<int, string> nameOf)
    where TExample : TrainingExample
{
    /// <param name="state">Where the run stands before the step.</param>
    /// <param name="batch">What is learnt from.</param>
    public TrainingStep Make(TrainingState state, TrainingBatch<TExample> batch)
    {
        // What a step draws, for example in dropout, is a function of seed and step on every device.
        manual_seed((long)(new ExampleRandom(state.Seed, 0, state.Step, purpose: 2).NextBits() >> 1));
        double factor = options.Schedule.FactorAt(state.Step, state.TotalSteps);
        double total;
        List<KeyValuePair<string, double>> parts;
        using (DisposeScope scope = NewDisposeScope())
        {
            LossValues values = LossPass.Run(module, loss, batch);
            total = Number(values.Total);
            parts = [.. values.Parts.Select(part => KeyValuePair.Create(part.Key, Number(part.Value)))];
            if (!double.IsFinite(total))
            {
                throw NotFinite($"The loss of step {state.Step + 1} is {Text(total)} ({string.Join(", ", parts.Select(part => $"{part.Key} {Text(part.Value)}"))})", state, batch);
            }

            module.zero_grad();
            values.Total.backward();
        }

        double? norm = FiniteGradients(total, state, batch);
        optimizer.Step(state.Step, factor);
        return new TrainingStep
        {
            Step = state.Step + 1,
            Epoch = (state.Step / state.BatchesPerEpoch) + 1,
            Loss = total,
            Parts = parts,
            LearningRate = options.Optimizer.LearningRate * factor,
            GradientNorm = norm,
        };
    }

    /// <summary>Cuts the gradients where that was asked for, and gives their norm then.</summary>
    private double? FiniteGradients(double total, TrainingState state, TrainingBatch<TExample> batch)
    {
        using DisposeScope scope = NewDisposeScope();
        if (options.GradientNorm is { } largest)
        {
            double norm = nn.utils.clip_grad_norm_(plan.Trained.Where(p => p.Value.grad is not null).Select(p => p.Value), largest);
            return double.IsFinite(norm)
                ? norm
                : throw NotFinite($"The norm of the gradients of step {state.Step + 1} is {Text(norm)} (loss {Text(total)})", state, batch);
        }

        IReadOnlyList<string> broken = FiniteNumbers.Broken(
            from parameter in plan.Trained
            let gradient = parameter.Value.grad
            where gradient is not null
            select KeyValuePair.Create(parameter.Name, gradient));
        return broken.Count == 0
            ? null
            : throw NotFinite($"The gradients of step {state.Step + 1} are not finite numbers in {FiniteNumbers.List(broken)} (loss {Text(total)})", state, batch);
    }

    private TrainingException NotFinite(string what, TrainingState state, TrainingBatch<TExample> batch) => new(
        $"{what}; the batch was {string.Join(", ", batch.Indices.Take(8).Select(nameOf))}. "
        + "The weights are those of the step before. Take a smaller learning rate, a longer warm-up or gradient clipping, or look at these examples.")
    {
        Step = state.Step,
    };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Number(Tensor tensor)
    {
        using Tensor host = tensor.detach().to(ScalarType.Float64).cpu();
        return host.item<double>();
    }
}
