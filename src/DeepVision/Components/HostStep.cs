using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Components;

/// <summary>
/// What the host does between two stages of a model: it makes the next stage's input of the outputs so far, as a two-stage
/// detector cuts its proposals out of the feature maps. Immutable and thread-safe.
/// </summary>
public abstract class HostStep
{
    /// <summary>The step in a few words, for listings.</summary>
    public abstract string Describe();

    /// <summary>
    /// The most rows of the next stage's input that run together. More run one part after the other, so that memory is bounded, and
    /// the last part is filled up with zeros to a power of two, so that an engine plans for few shapes. Rows do not depend on
    /// each other, and none on how they are parted. Default: all rows run together.
    /// </summary>
    public virtual int MaxRows => int.MaxValue;

    /// <summary>The largest input of the next stage, for listings: shapes, costs and memory.</summary>
    /// <param name="image">The image tensor's shape.</param>
    public abstract TensorShape TypicalInput(TensorShape image);

    /// <summary>Does the step for a batch.</summary>
    /// <param name="outputs">The outputs of all stages so far, and what earlier steps kept, by name.</param>
    /// <param name="geometries">How each image of the batch was prepared.</param>
    /// <param name="threads">How many threads it may use, the calling one included; results do not depend on it.</param>
    public abstract HostStepResult Run(
        IReadOnlyDictionary<string, HostTensor> outputs, IReadOnlyList<PreparedGeometry> geometries, int threads);
}
