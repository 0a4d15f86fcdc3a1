using DeepVision.Components;
using DeepVision.Torch.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.Torch.Components;

/// <summary>Runs a user's module once on zeros, to see whether it keeps what its component promises.</summary>
internal static class ModuleProbe
{
    /// <summary>The side of an image that shows every stride.</summary>
    internal static int SideFor(IEnumerable<FeatureInfo> features) =>
        Math.Max(64, 2 * features.Where(feature => feature.Kind == FeatureKind.Map).Select(feature => feature.Stride).DefaultIfEmpty(1).Max());

    /// <summary>Requires that the module gives the promised features.</summary>
    /// <param name="component">The component's name.</param>
    /// <param name="factory">Makes the module, which stays as it is.</param>
    /// <param name="inputs">What it takes: shapes for the probe's image.</param>
    /// <param name="expected">What it promises.</param>
    /// <param name="side">The side of the probe's image.</param>
    /// <exception cref="ModelBuildException">It gives something else, or fails.</exception>
    internal static void Check(
        string component, TorchModuleFactory factory, IReadOnlyList<long[]> inputs, IReadOnlyList<FeatureInfo> expected, int side)
    {
        nn.Module module = factory.Probe(component);
        using var evaluation = new EvaluationMode(module);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor[] found;
        try
        {
            Tensor[] zeroes = [.. inputs.Select(shape => zeros(shape))];
            found = module switch
            {
                nn.Module<Tensor, Tensor> single when inputs.Count == 1 => [single.call(zeroes[0])],
                nn.Module<Tensor, Tensor[]> several when inputs.Count == 1 => several.call(zeroes[0]),
                nn.Module<Tensor[], Tensor> joined => [joined.call(zeroes)],
                nn.Module<Tensor[], Tensor[]> bundle => bundle.call(zeroes),
                _ => throw new ModelBuildException($"it is a {module.GetType().Name}, which takes one tensor; give a module from Tensor[]."),
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ModelBuildException(
                $"{component} failed in a probe run on inputs of {string.Join(", ", inputs.Select(Text))}: {exception.Message.Split('\n')[0]}", exception)
            {
                Component = component,
            };
        }

        if (found.Length != expected.Count)
        {
            throw new ModelBuildException(
                $"{component} states {expected.Count} features ({string.Join(", ", expected)}); in a probe run it gave {found.Length}.")
            {
                Component = component,
            };
        }

        for (int i = 0; i < found.Length; i++)
        {
            long[] wanted = ShapeOf(expected[i], side);
            if (!found[i].shape.SequenceEqual(wanted))
            {
                throw new ModelBuildException(
                    $"{component}, {expected[i].Name}: for an image of {side} x {side}, {expected[i]} is {Text(wanted)}; in a probe run it gave {Text(found[i].shape)}.")
                {
                    Component = component,
                };
            }
        }
    }

    /// <summary>The shape of a feature of one image.</summary>
    internal static long[] ShapeOf(FeatureInfo feature, int side) =>
        feature.Kind == FeatureKind.Vector ? [1, feature.Channels] : [1, feature.Channels, side / feature.Stride, side / feature.Stride];

    private static string Text(long[] shape) => string.Join('x', shape);
}
