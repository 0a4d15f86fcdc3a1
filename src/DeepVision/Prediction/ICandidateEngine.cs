using DeepVision.Detections;
using DeepVision.Tensors;

namespace DeepVision.Prediction;

/// <summary>
/// An engine that picks a detector's candidates where its outputs lie, so that no full map of logits crosses to managed
/// memory. Thread-safe.
/// </summary>
internal interface ICandidateEngine : IModelEngine
{
    /// <summary>Runs one stage and picks candidates of each image.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">The input tensor (N, C, H, W).</param>
    /// <param name="request">What to pick.</param>
    /// <returns>For each image of the batch its levels, in the request's order.</returns>
    /// <exception cref="ModelBuildException">The graph does not take inputs of this shape.</exception>
    IReadOnlyList<IReadOnlyList<LevelCandidates>> RunCandidates(string stage, HostTensor input, CandidateRequest request);
}
