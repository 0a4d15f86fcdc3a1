namespace DeepVision.Benchmarks;

/// <summary>What a layer is measured by.</summary>
/// <param name="Name">The layer.</param>
/// <param name="MultiplyAdds">Multiply-adds of one run by the direct algorithm.</param>
/// <param name="Peak">Multiply-adds a second that all threads did together on registers alone.</param>
/// <param name="Algorithm">What the plan chose.</param>
internal sealed record LayerFigures(string Name, long MultiplyAdds, double Peak, string Algorithm);
