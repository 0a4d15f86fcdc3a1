using DeepVision.Graphs.Initialization;
using DeepVision.Tensors;

namespace DeepVision.Graphs.Operations;

/// <summary>A parameter that an operation needs, before it has a path; without a suffix it is named like its node.</summary>
internal sealed record ParameterDeclaration(
    string Suffix, ParameterRole Role, TensorShape Shape, Initializer Initializer, ParameterKind Kind = ParameterKind.Parameter);
