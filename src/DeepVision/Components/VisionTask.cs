using DeepVision.Preprocessing;

namespace DeepVision.Components;

/// <summary>What a model is for: how its raw outputs become answers. Immutable and thread-safe.</summary>
public abstract class VisionTask
{
    /// <summary>Classes' names in index order; empty for a task without classes.</summary>
    public virtual IReadOnlyList<string> Labels => [];

    /// <summary>The preprocessing to take where the builder was given none.</summary>
    public abstract ImagePreprocessing DefaultPreprocessing { get; }

    /// <summary>
    /// The names of the outputs that become answers, so that an engine need not compute the others when it predicts: those for training
    /// only, and tapped features. Raw runs give all. Null, the default, stands for all.
    /// </summary>
    public virtual IReadOnlyList<string>? DecodedOutputs => null;

    /// <summary>The task in a few words, for messages.</summary>
    public abstract string Describe();
}
