using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Models;

/// <summary>
/// What the host does between two stages of a model: it makes the next stage's input of the outputs so far, as a two-stage
/// detector cuts its proposals out of the feature maps. Immutable and thread-safe.
/// </summary>
public abstract class HostStep
{
    /// <summary>The step in a few words, for listings.</summary>
    public abstract string Describe();

    /// <summary>The largest input of the next stage for one image, for listings: shapes, costs and memory.</summary>
    /// <param name="image">The image tensor's shape.</param>
    public abstract TensorShape TypicalInput(TensorShape image);

    /// <summary>Does the step for a batch.</summary>
    /// <param name="outputs">The outputs of all stages so far, and what earlier steps kept, by name.</param>
    /// <param name="geometries">How each image of the batch was prepared.</param>
    public abstract HostStepResult Run(IReadOnlyDictionary<string, HostTensor> outputs, IReadOnlyList<PreparedGeometry> geometries);
}
