using DeepVision.Heads;
using DeepVision.Tensors;

namespace DeepVision.Tests.Parity;

/// <summary>Runs the stages of a model on any engine, for what tests/golden compares.</summary>
internal static class OfficialOutputs
{
    /// <summary>All outputs under the names and in the layout that torchvision's models give them.</summary>
    /// <param name="model">The model, tapped as <see cref="Tapped"/> does.</param>
    /// <param name="images">The batch.</param>
    /// <param name="run">Runs a stage.</param>
    internal static Dictionary<string, float[]> Run(
        VisionModel model, HostTensor images, Func<string, HostTensor, IReadOnlyDictionary<string, HostTensor>> run)
    {
        IReadOnlyDictionary<string, HostTensor> first = run(model.Stages[0].Name, images);
        Dictionary<string, float[]> found = TorchvisionLayout.Of(first);
        if (model.Task is FasterRcnnTask)
        {
            RegionParity.Add(found, images, first, regions => run(model.Stages[1].Name, regions));
        }

        return found;
    }

    /// <summary>A builder for the model that gives the levels of its pyramid as well.</summary>
    internal static VisionModelBuilder Tapped(string name)
    {
        VisionModelBuilder builder = ParityModels.Builder(name);
        return name.Split('_')[0] switch
        {
            "retinanet" => builder.Tap("P3").Tap("P4").Tap("P5").Tap("P6").Tap("P7"),
            "fasterrcnn" => builder.Tap("P6"),
            _ => builder,
        };
    }
}
