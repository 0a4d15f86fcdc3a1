namespace DeepVision.Cpu;

/// <summary>One convolution of a <see cref="CpuTuning"/>.</summary>
/// <param name="Path">Its path in the model, like <c>layer1.0.conv1</c>; one for all maps that it works on.</param>
/// <param name="Algorithm">The algorithm that it gets: <c>Direct</c>, <c>Winograd2</c> or <c>Winograd4</c>.</param>
/// <param name="Milliseconds">What each algorithm took for all maps that the layer works on.</param>
public sealed record TunedLayer(string Path, string Algorithm, IReadOnlyDictionary<string, double> Milliseconds);
