namespace DeepVision.Models;

/// <summary>Where a component of a model stands in parameter names.</summary>
/// <param name="Component">Which part.</param>
/// <param name="Name">The component's name, like <c>ResNet-50</c>.</param>
/// <param name="Path">The path before its parameters, like <c>backbone.body</c>; empty at the root.</param>
public sealed record ComponentPath(ModelComponent Component, string Name, string Path);
