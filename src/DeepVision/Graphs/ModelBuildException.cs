namespace DeepVision;

/// <summary>Parts that do not fit together, or a graph that breaks its own rules. Thrown while composing, never while running.</summary>
public sealed class ModelBuildException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ModelBuildException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ModelBuildException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The component or node at fault, where known.</summary>
    public string? Component { get; init; }

    /// <summary>The component that feeds it, where that is part of the problem.</summary>
    public string? Upstream { get; init; }
}
