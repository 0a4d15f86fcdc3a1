using TorchSharp.Modules;

namespace DeepVision.Torch.Training.Optimization;

/// <summary>A parameter that is learnt.</summary>
/// <param name="Name">Its state-dict key.</param>
/// <param name="Value">The parameter.</param>
/// <param name="RateFactor">What the learning rate is multiplied by for it.</param>
internal sealed record TrainedParameter(string Name, Parameter Value, double RateFactor);
