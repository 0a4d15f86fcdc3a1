using DeepVision.Graphs;

namespace DeepVision.Torch.Modules;

/// <summary>One call in a block's forward.</summary>
/// <param name="Child">The names on the way from the block to the module that is called; empty for a function.</param>
/// <param name="Parameter">
/// The names on the way from the block to the parameter that a function reads, its own node's path; null where it reads none.
/// </param>
/// <param name="Node">The node whose operation a function computes; for a module one of its nodes, or null for a block.</param>
/// <param name="Inputs">The slots that it reads.</param>
/// <param name="Outputs">The slots that it writes.</param>
/// <param name="IsInPlace">Whether a function may overwrite its first input.</param>
/// <param name="Picks">Which of the module's outputs the slots take; null for all of them, in order.</param>
/// <param name="Released">The slots that nothing reads afterwards.</param>
internal sealed record BlockStep(
    string[] Child, string[]? Parameter, GraphNode? Node, int[] Inputs, int[] Outputs, bool IsInPlace, int[]? Picks, int[] Released);
