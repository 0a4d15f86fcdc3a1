using DeepVision.Tensors;

namespace DeepVision.Models;

/// <summary>What one layer costs for one input size.</summary>
/// <param name="Stage">The stage that it belongs to.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Operation">What it does, in a few words.</param>
/// <param name="Output">The shape of what it makes.</param>
/// <param name="Parameters">Learned elements that no layer before it has.</param>
/// <param name="MultiplyAdds">Multiply-adds: those of convolutions, linear layers and attention.</param>
public sealed record LayerCost(string Stage, string Name, string Operation, TensorShape Output, long Parameters, long MultiplyAdds);
