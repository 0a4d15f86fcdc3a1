namespace DeepVision.Models;

/// <summary>What a part of a model costs for one input size.</summary>
/// <param name="Name">What the names of its layers begin with.</param>
/// <param name="Parameters">Learned elements.</param>
/// <param name="MultiplyAdds">Multiply-adds: those of convolutions, linear layers and attention.</param>
public sealed record CostGroup(string Name, long Parameters, long MultiplyAdds);
